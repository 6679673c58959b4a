"""Outcomes: drafted, whole before anybody sees them, and answered for good by somebody who knows."""

from __future__ import annotations

import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.meanwhile import ChangedMeanwhile
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.signed_links import LinkRefused
from tests import steps
from tests.factories.ripples import WHOLE, ask, make_outcome
from tests.factories.wins import make_win
from wins.actions import outcomes as actions
from wins.actions import substantiations
from wins.models import Outcome, Substantiation

pytestmark = pytest.mark.django_db
S = Substantiation.State


@pytest.fixture
def outcome(ana, now) -> Outcome:
    return make_outcome(ana, at=now)


@pytest.fixture
def asked(outcome) -> Substantiation:
    return ask(outcome, at=timezone.now())


def token_of(asked: Substantiation) -> str:
    letter = Letter.objects.filter(kind="outcome_asked").latest("id")
    found = re.search(r"/outcome-answers/([\w-]+)/", letter.text)
    assert found
    return found[1]


def answer(asked: Substantiation, verdict: str = "agree", comment: str = "") -> Substantiation:
    return substantiations.answer(
        asked=asked, token=token_of(asked), verdict=verdict, comment=comment, at=timezone.now()
    )


# --- Written, shown, taken back ---------------------------------------------------------------------


def test_a_draft_is_its_authors_and_is_shown_only_once_it_is_whole(ana, mo, now):
    half = make_outcome(ana, at=now, shown=False, evidence="", contribution="")
    assert not Outcome.objects.visible_to(mo).exists()
    with pytest.raises(Refused, match="how much of it was us and how we know"):
        actions.formulate(outcome=half, version=1, by=ana, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=half.pk).update(state="formulated", formulated_at=now)
    actions.edit(outcome=half, version=1, by=ana, at=now, **WHOLE)
    actions.formulate(outcome=half, version=2, by=ana, at=now)
    assert Outcome.objects.visible_to(mo).get() == half


def test_a_draft_changed_meanwhile_is_neither_overwritten_nor_shown(ana, now):
    draft = make_outcome(ana, at=now, shown=False)
    actions.edit(outcome=draft, version=1, by=ana, at=now, **(WHOLE | {"what": "Once."}))
    with pytest.raises(ChangedMeanwhile):
        actions.edit(outcome=draft, version=1, by=ana, at=now, **WHOLE)
    with pytest.raises(ChangedMeanwhile):
        actions.formulate(outcome=draft, version=1, by=ana, at=now)
    draft.refresh_from_db()
    assert (draft.what, draft.state) == ("Once.", "draft")


def test_only_its_author_changes_shows_takes_back_and_removes(outcome, mo, now):
    for act in (actions.rethink, actions.take_back, actions.put_back, actions.remove):
        with pytest.raises(Refused):
            act(outcome=outcome, by=mo, at=now)


def test_what_is_shown_is_not_changed_but_made_a_draft_again(outcome, asked, ana, now):
    with pytest.raises(Refused, match="Make it a draft again"):
        actions.edit(outcome=outcome, version=1, by=ana, at=now, **WHOLE)
    actions.rethink(outcome=outcome, by=ana, at=now)
    asked.refresh_from_db()
    assert (asked.state, asked.email) == (S.CALLED_OFF, "")
    with pytest.raises(LinkRefused):
        answer(asked)


CASES = steps.cases(Outcome, without=["SUBSTANTIATE"])
TAKERS = {
    "FORMULATE": lambda it: actions.formulate(outcome=it, version=1, by=it.author, at=it.made_at),
    "RETHINK": lambda it: actions.rethink(outcome=it, by=it.author, at=it.made_at),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_step_from_each_state(case, ana, now):
    def make(state: str) -> Outcome:
        made = make_outcome(ana, at=now, shown=state != "draft")
        if state == "substantiated":
            answer(ask(made, at=timezone.now()))
        made.refresh_from_db()
        return made

    steps.check(case, make=make, take=TAKERS[case.name])


ANSWERS = steps.cases(Substantiation)


@pytest.mark.parametrize("case", ANSWERS, ids=str)
def test_each_step_of_a_question_from_each_state(case, outcome):
    def make(state: str) -> Substantiation:
        made = ask(outcome, at=timezone.now())
        if state == S.ANSWERED:
            answer(made)
        elif state == S.CALLED_OFF:
            substantiations.call_off(asked=made, by=outcome.author, at=timezone.now())
        made.refresh_from_db()
        return made

    take = {
        "ANSWER": lambda it: it.answer(verdict="agree", comment="", at=timezone.now()) or it.save(),
        "CALL_OFF": lambda it: substantiations.call_off(
            asked=it, by=outcome.author, at=timezone.now()
        ),
    }
    steps.check(case, make=make, take=take[case.name])


# --- Somebody who knows -----------------------------------------------------------------------------


def test_neither_its_author_nor_somebody_of_its_service_is_asked(outcome, mo, zed):
    with pytest.raises(ValidationError, match="You wrote it"):
        ask(outcome, at=timezone.now(), email="ANA@example.org")
    with pytest.raises(ValidationError, match="works in your service"):
        ask(outcome, at=timezone.now(), email=mo.email)
    assert ask(outcome, at=timezone.now(), email=zed.email).person == zed


def test_nobody_is_asked_twice_at_once(outcome, asked):
    with pytest.raises(ValidationError, match="asked already"):
        ask(outcome, at=timezone.now())


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("agree", "substantiated"), ("partly", "substantiated"), ("disagree", "formulated")],
)
def test_whatever_is_answered_is_shown_beside_it_to_everyone(
    as_, outcome, asked, zed, ana, verdict, state
):
    answer(asked, verdict, "It began in May, not in January.")
    outcome.refresh_from_db()
    assert outcome.state == state
    for address in (outcome.get_absolute_url(), reverse("wins:outcomes")):
        page = as_(zed).get(address).content.decode()
        assert "Noor Saleh" in page
    assert "It began in May" in as_(zed).get(outcome.get_absolute_url()).content.decode()
    assert Notification.objects.get(recipient=ana).event.data == {"verdict": verdict}


def test_an_answer_stays_whatever_anybody_tries(outcome, asked, ana, now):
    answer(asked, "disagree", "No.")
    for act in (actions.rethink, actions.remove):
        with pytest.raises(Refused, match="Somebody has answered"):
            act(outcome=outcome, by=ana, at=now)
    for wrong in ({"verdict": "agree"}, {"comment": ""}, {"state": "asked"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Substantiation.objects.filter(pk=asked.pk).update(**wrong)
    actions.take_back(outcome=outcome, by=ana, at=now)
    actions.put_back(outcome=outcome, by=ana, at=now)
    assert outcome.substantiations.get().comment == "No."


def test_one_answer_a_link_and_of_two_at_once_one_is_kept(outcome, asked):
    answer(asked, "agree")
    with pytest.raises(LinkRefused, match="used"):
        answer(asked, "disagree", "Rather not.")
    assert outcome.substantiations.get().verdict == "agree"


@pytest.mark.django_db(transaction=True)
def test_two_answers_through_one_link_at_the_same_time_are_one(outcome, asked):
    gate, refused, token = threading.Barrier(2), [], token_of(asked)

    def press(verdict: str) -> None:
        gate.wait()
        try:
            substantiations.answer(
                asked=asked, token=token, verdict=verdict, comment="So.", at=timezone.now()
            )
        except LinkRefused:
            refused.append(verdict)
        finally:
            connection.close()

    both = [threading.Thread(target=press, args=(one,)) for one in ("agree", "disagree")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(refused) == 1
    assert outcome.substantiations.get().verdict in {"agree", "disagree"} - set(refused)


def test_opening_the_link_says_nothing_and_the_page_needs_no_account(client, outcome, asked):
    address = reverse("wins:outcome_answer", args=[token_of(asked)])
    page = client.get(address).content.decode()
    assert "This page is for Noor Saleh" in page
    asked.refresh_from_db()
    assert asked.state == S.ASKED
    assert "Say what is different" in client.post(address, {"verdict": "partly"}).content.decode()
    sent = client.post(address, {"verdict": "partly", "comment": "It began in May."})
    assert sent.url == reverse("wins:outcome_answer_done")
    assert client.get(sent.url).status_code == 200
    assert client.get(address).status_code == 410
    assert Letter.objects.filter(kind="outcome_answered", to="noor@example.org").exists()
    asked.refresh_from_db()
    assert (asked.verdict, asked.email) == ("partly", "")


def test_its_author_can_not_answer_through_the_link(as_, ana, asked):
    address = reverse("wins:outcome_answer", args=[token_of(asked)])
    for answered in (as_(ana).get(address), as_(ana).post(address, {"verdict": "agree"})):
        assert answered.status_code == 403
    asked.refresh_from_db()
    assert asked.state == S.ASKED


def test_an_older_link_stops_working_when_it_is_sent_again(client, outcome, asked, ana):
    older = token_of(asked)
    substantiations.ask_again(asked=asked, by=ana, at=timezone.now())
    assert client.get(reverse("wins:outcome_answer", args=[older])).status_code == 410
    assert client.get(reverse("wins:outcome_answer", args=[token_of(asked)])).status_code == 200


# --- Pages ------------------------------------------------------------------------------------------


def test_an_outcome_tells_what_it_came_of_to_those_who_see_both(as_, ana, mo, zed):
    win = make_win(ana, "We share one form now.", visibility="service")
    address = f"{reverse('wins:outcome_new')}?of=win-{win.pk}"
    sent = as_(ana).post(address, {"actor": "The clinic", "what": "They use our form."})
    made = Outcome.objects.get()
    assert sent.url == made.get_absolute_url()
    actions.edit(outcome=made, version=1, by=ana, at=timezone.now(), **WHOLE)
    actions.formulate(outcome=made, version=2, by=ana, at=timezone.now())
    assert "We share one form now." in as_(mo).get(sent.url).content.decode()
    assert "We share one form now." not in as_(zed).get(sent.url).content.decode()
    assert as_(zed).get(address).status_code == 404


def test_a_form_opened_on_older_words_shows_both(as_, ana, now):
    draft = make_outcome(ana, at=now, shown=False)
    browser, address = as_(ana), reverse("wins:outcome_edit", args=[draft.pk])
    first = {"actor": "The clinic", "what": "They phone back.", "version": "1"}
    assert browser.post(address, first).status_code == 302
    again = browser.post(address, {"actor": "The clinic", "what": "They write.", "version": "1"})
    page = again.content.decode()
    assert again.status_code == 409
    assert "They phone back." in page
    assert "They write." in page
    assert 'value="2"' in page


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(as_, ana, zed, now):
    answer(ask(make_outcome(ana, at=now), at=timezone.now()))
    browser = as_(zed)
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("wins:outcomes"))
    for _ in range(29):
        ask(make_outcome(ana, at=now), at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        assert browser.get(reverse("wins:outcomes")).content.decode().count("row__link") > 20
    print(f"outcomes: {len(one)} queries for 1 row, {len(many)} for 30")
    assert len(many) == len(one) <= 8
