"""A manager who has never signed in decides by the letter: a signed link, for one purpose, once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import manager_agreements, manager_links, role_statements, time_requests
from cohorts.actions.leader_requests import asking
from cohorts.audiences.by_link import AGREEMENT
from cohorts.line_managers import line_manager_of
from cohorts.models import LeaderRequest, ManagerAgreement, Post, TimeRequest
from systemschangers.kernel.letters import write_about
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification, SignedLink
from systemschangers.kernel.signed_links import LinkRefused
from tests.factories.leader_requests import make_leader, make_leader_request
from tests.factories.memberships import without_agreement
from tests.factories.roles import make_statement

TERMS = {"hours_a_month": 6, "cover": "Dee takes my calls.", "gives_back": "A talk a month."}


def write_letters(at):
    """What the queue does once the request was answered."""
    for event in Event.objects.order_by("pk"):
        heard = Notification.objects.filter(event=event).values_list("recipient", flat=True)
        write_about(event, list(heard), at=at)


def newest_token(email: str) -> str:
    letters = Letter.objects.filter(to=email, text__contains="/manager-links/").order_by("-pk")
    return letters[0].text.split("/manager-links/")[1].split("/")[0]


def propose(worker, at) -> ManagerAgreement:
    day = timezone.localdate(at) + timedelta(days=90)
    made = manager_agreements.propose(**TERMS, review_on=day, by=worker, at=at)
    write_letters(at)
    return made


def ask_for_time(worker, at, weeks=1) -> list[TimeRequest]:
    first = at + timedelta(days=7)
    slots = [
        (first + timedelta(weeks=n), first + timedelta(weeks=n, hours=2)) for n in range(weeks)
    ]
    asked = time_requests.ask(
        purpose="stand_back", slots=slots, cover="Dee", note="", by=worker, at=at
    )
    write_letters(at)
    return asked


def ask_to_meet(worker, at) -> LeaderRequest:
    it = make_leader_request(
        worker, make_leader(), line_manager_of(worker), at, state=LeaderRequest.State.DRAFT
    )
    asking.send(request=it, by=worker, at=at)
    write_letters(at)
    it.refresh_from_db()
    return it


def at_link(token: str) -> str:
    return reverse("cohorts:manager_link", args=[token])


@pytest.fixture
def at(db):
    return timezone.now()


@pytest.fixture
def proposed(world, at):
    without_agreement(world.ana)
    return propose(world.ana, at), newest_token(world.mo.email)


def press(token, decision, **data):
    return Client().post(at_link(token), {"decision": decision} | data)


def insist_refused(answer, status, says):
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()


def test_he_agrees_without_an_account_after_seeing_the_same_page(proposed, world):
    agreement, token = proposed
    text = Client().get(at_link(token)).content.decode()
    for said in ("6 hours a month", "Dee takes my calls.", "A talk a month.", "Mo Rahman"):
        assert said in text
    answer = press(token, "agree", words="Gladly.")
    assert answer.url == reverse("cohorts:manager_link_done")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.decided_by, agreement.words) == (
        "agreed",
        world.mo,
        "Gladly.",
    )
    assert Letter.objects.get(to=world.mo.email, kind="manager_used")
    assert world.ana.memberships.get().state == "active"


def test_talking_it_through_needs_words_and_the_next_proposal_brings_a_new_link(
    proposed, world, at
):
    agreement, token = proposed
    assert "Say what needs talking through" in press(token, "talk").content.decode()
    assert SignedLink.objects.get().used_at is None
    press(token, "talk", words="Who covers Mondays?")
    agreement.refresh_from_db()
    assert agreement.state == "talk"
    manager_agreements.propose_again(
        agreement=agreement, **TERMS, review_on=agreement.review_on, by=world.ana, at=at
    )
    write_letters(at)
    newer = newest_token(world.mo.email)
    assert newer != token
    press(newer, "agree")
    agreement.refresh_from_db()
    assert agreement.state == "agreed"


def test_opening_it_decides_nothing(proposed):
    agreement, token = proposed
    for _ in range(3):
        assert Client().get(at_link(token)).status_code == 200
        assert Client().head(at_link(token)).status_code == 200
    agreement.refresh_from_db()
    assert agreement.state == "proposed"
    assert SignedLink.objects.get().used_at is None


def test_it_works_once(proposed):
    agreement, token = proposed
    press(token, "talk", words="Who covers Mondays?")
    before = ManagerAgreement.objects.values().get(pk=agreement.pk)
    insist_refused(press(token, "agree"), 410, "has been used")
    assert ManagerAgreement.objects.values().get(pk=agreement.pk) == before


def test_it_runs_out(proposed, at):
    agreement, token = proposed
    SignedLink.objects.update(made_at=at - timedelta(days=31), expires_at=at - timedelta(seconds=1))
    insist_refused(press(token, "agree"), 410, "run out")
    agreement.refresh_from_db()
    assert agreement.state == "proposed"


def test_it_is_for_one_purpose_and_one_thing(proposed, world, at):
    agreement, token = proposed
    (asked,) = ask_for_time(world.ana, at)
    insist_refused(
        Client().post(reverse("cohorts:leader_link", args=[token]), {"step": "refuse"}),
        403,
        "something else",
    )
    with pytest.raises(LinkRefused, match="something else"):
        manager_links.decide(
            token=token, purpose="time_decision", thing=asked, act=pytest.fail, at=at
        )
    other = ManagerAgreement.objects.exclude(pk=agreement.pk).first()
    with pytest.raises(LinkRefused, match="something else"):
        manager_links.decide(token=token, purpose=AGREEMENT, thing=other, act=pytest.fail, at=at)
    assert SignedLink.objects.filter(used_at=None).count() == 2


def test_when_somebody_was_quicker_the_page_says_who_and_nothing_changes(proposed, world, at):
    agreement, token = proposed
    manager_agreements.agree(agreement=agreement, words="", by=world.mo, at=at)
    page = Client().get(at_link(token)).content.decode()
    assert "nothing for you to do here now" in page
    assert "Mo Rahman" in page
    answer = press(token, "talk", words="Wait.")
    assert answer.status_code == 409
    assert "Mo Rahman has already agreed to this" in answer.content.decode()
    assert SignedLink.objects.get().used_at is None


def test_another_line_manager_gets_his_own_and_the_old_one_ends(proposed, world, at):
    agreement, token = proposed
    Post.objects.filter(person=world.ana).update(line_manager=world.lee)
    from cohorts.actions import decisions

    decisions.hand_over(worker=world.ana, by=world.cas, at=at)
    write_letters(at)
    insist_refused(press(token, "agree"), 410, "moved on")
    press(newest_token(world.lee.email), "agree")
    agreement.refresh_from_db()
    assert agreement.decided_by == world.lee


def test_somebody_else_who_is_signed_in_does_not_use_it(proposed, world, as_):
    _, token = proposed
    insist_refused(as_(world.ana).get(at_link(token)), 403, "This link is for Mo Rahman")


def test_whoever_has_signed_in_gets_the_page_and_no_link(world, at):
    without_agreement(world.ana)
    world.mo.last_login = at
    world.mo.save()
    made = propose(world.ana, at)
    letter = Letter.objects.get(to=world.mo.email)
    assert reverse("cohorts:agreement", args=[made.pk]) in letter.text
    assert not SignedLink.objects.exists()


def test_a_deputy_signs_in(world, at):
    from cohorts.models import Deputyship

    without_agreement(world.ana)
    today = timezone.localdate(at)
    Deputyship.objects.all().delete()
    Deputyship.objects.create(person=world.mo, deputy=world.dee, starts=today, ends=today)
    propose(world.ana, at)
    assert "/manager-links/" not in Letter.objects.get(to=world.dee.email).text
    assert SignedLink.objects.get().person == world.mo


def test_the_letter_written_twice_has_one_link_that_works(proposed, world, at):
    agreement, token = proposed
    Notification.objects.update(mail_settled_at=None)
    write_letters(at)
    assert press(token, "agree").status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == "agreed"


@pytest.mark.parametrize("decision", ["approve", "more", "decline"])
def test_time_on_several_days_is_decided_with_one_press(decision, world, at):
    slots = ask_for_time(world.ana, at, weeks=3)
    token = newest_token(world.mo.email)
    page = Client().get(at_link(token)).content.decode()
    assert "on 3 days" in page
    assert press(token, "decline", words="No.").status_code == 200  # no ground: kept, and said
    press(token, decision, words="Who covers?", ground="cover")
    state = {"approve": "approved", "more": "more_asked", "decline": "declined"}[decision]
    found = TimeRequest.objects.filter(series=slots[0].series)
    assert {(one.state, one.decided_by) for one in found} == {(state, world.mo)}
    insist_refused(press(token, "approve"), 410, "has been used")


def test_a_wish_to_meet_a_leader_is_approved_with_its_time(world, at):
    it = ask_to_meet(world.ana, at)
    token = newest_token(world.mo.email)
    page = Client().get(at_link(token)).content.decode()
    assert it.purpose in page
    assert press(token, "approve").status_code == 302
    it.refresh_from_db()
    assert (it.state, it.manager_decided_by) == ("awaiting_leader", world.mo)


def test_a_role_statement_is_agreed_without_an_account_in_the_words_that_were_read(world, at):
    role = make_statement(world.ana, world.mo, at)
    role = role_statements.propose(statement=role, by=world.ana, at=at)
    write_letters(at)
    token = newest_token(world.mo.email)
    page = Client().get(at_link(token)).content.decode()
    assert "Meets other services each quarter." in page
    assert "Ana Okafor" in page
    changed = press(token, "agree", edition=role.edition + 1)
    assert "changed the words meanwhile" in changed.content.decode()
    assert press(token, "talk", edition=role.edition).status_code == 200  # no words: kept, and said
    assert press(token, "agree", edition=role.edition).status_code == 302
    role.refresh_from_db()
    assert (role.state, role.decided_by) == ("agreed", world.mo)
    insist_refused(press(token, "agree", edition=role.edition), 410, "has been used")


@pytest.mark.django_db(transaction=True)
def test_pressed_by_ten_at_once_it_decides_once(world):
    at = timezone.now()
    without_agreement(world.ana)
    agreement = propose(world.ana, at)
    token, start, outcomes = newest_token(world.mo.email), Barrier(10), []

    def agree(by, at):
        return manager_agreements.agree(agreement=agreement, words="", by=by, at=at)

    def work(number):
        try:
            start.wait()
            if number % 2:
                manager_links.decide(
                    token=token, purpose=AGREEMENT, thing=agreement, act=agree, at=at
                )
            else:
                agree(world.mo, at)
            outcomes.append("decided")
        except (LinkRefused, WrongState) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 10
    assert outcomes.count("decided") == 1
    assert Event.objects.filter(verb="agreement.agreed").count() == 1
