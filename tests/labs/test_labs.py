"""Labs: who is in them and who reads what; code cards; what members write; the summary that is published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.meanwhile import ChangedMeanwhile
from cohorts.models import Person
from cohorts.waiting import waiting
from labs import code_cards, lab_waiting
from labs.actions.labs import carrying, members, running, trying, writing
from labs.lab_page import chains_of
from labs.models import Barrier, CodeCard, Decision, Experiment, Insight, Lab, LabMember
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.barriers import make_barrier
from tests.factories.labs import (
    join,
    make_decision,
    make_experiment,
    make_insight,
    make_lab,
    make_pattern,
)


@pytest.fixture
def lab(world, now):
    """Cas facilitates; Ana is in it, Sam as “Robin”."""
    made = make_lab(world.cas, now)
    join(made, world.ana, world.cas, now)
    join(made, world.sam, world.cas, now, "service_user", alias="Robin")
    return made


@pytest.fixture
def kit(lab, world, now):
    """Somebody without an e-mail address."""
    return join(lab, None, world.cas, now, name="Kit")


def seat(lab, person) -> LabMember:
    return LabMember.objects.get(lab=lab, person=person)


# --- The steps, from their declarations ----------------------------------------------------------

EXPERIMENTS = {
    "ADAPT": lambda it, by, at: trying.decide(
        experiment=it, outcome="adapt", noticed="A.", by=by, at=at
    ),
    "ADOPT": lambda it, by, at: trying.decide(
        experiment=it, outcome="adopt", noticed="A.", by=by, at=at
    ),
    "ABANDON": lambda it, by, at: trying.decide(
        experiment=it, outcome="abandon", noticed="A.", by=by, at=at
    ),
    "TRY_ON": lambda it, by, at: trying.try_on(experiment=it, by=by, at=at),
}
LABS = {
    "END": lambda it, by, at: running.end(lab=it, by=by, at=at),
    "GO_ON": lambda it, by, at: running.go_on(lab=it, by=by, at=at),
}
DECISIONS = {
    "END": lambda it, by, at: trying.review(
        decision=it, stands=False, review_on=None, words="", by=by, at=at
    ),
}


def test_every_declared_step_has_an_action():
    for model, takers in ((Experiment, EXPERIMENTS), (Lab, LABS), (Decision, DECISIONS)):
        steps.insist_on_all(model, takers)


@pytest.mark.parametrize("case", steps.cases(Experiment), ids=str)
@pytest.mark.parametrize(("who", "may"), [("ana", True), ("sam", True), ("mo", False)])
def test_each_step_of_an_experiment(case, who, may, lab, world, now):
    by = getattr(world, who)
    steps.check(
        case,
        make=lambda state: make_experiment(lab, world.ana, now, state),
        take=lambda it: EXPERIMENTS[case.name](it, by, now),
        may=may,
    )


@pytest.mark.parametrize("case", steps.cases(Lab), ids=str)
@pytest.mark.parametrize(("who", "may"), [("cas", True), ("ana", False), ("ada", False)])
def test_each_step_of_a_lab(case, who, may, lab, world, now):
    def make(state):
        Lab.objects.filter(pk=lab.pk).update(state=state)
        return Lab.objects.get(pk=lab.pk)

    by = getattr(world, who)
    steps.check(case, make=make, take=lambda it: LABS[case.name](it, by, now), may=may)


@pytest.mark.parametrize("case", steps.cases(Decision), ids=str)
@pytest.mark.parametrize(("who", "may"), [("ana", True), ("zed", False)])
def test_each_step_of_a_decision(case, who, may, lab, world, now):
    by = getattr(world, who)
    steps.check(
        case,
        make=lambda state: make_decision(lab, world.ana, now, state),
        take=lambda it: DECISIONS[case.name](it, by, now),
        may=may,
    )


# --- Who is in it, and who reads it --------------------------------------------------------------


def test_whoever_starts_it_facilitates_it_and_nobody_else_sees_it(world, now):
    lab = make_lab(world.zed, now)
    assert seat(lab, world.zed).facilitates
    seen = {p: Lab.objects.visible_to(p).exists() for p in (world.zed, world.cas, world.ada)}
    assert seen == {world.zed: True, world.cas: False, world.ada: False}


def test_an_alias_is_the_one_name_shown(lab, world, now, as_):
    make_insight(lab, world.sam, now, "I was asked four times.")
    for reader in (world.ana, world.cas):
        page = as_(reader).get(lab.get_absolute_url()).content.decode()
        assert "Robin" in page
        assert "Sam" not in page


def test_no_notice_and_no_letter_names_who_did_it(lab, world, now, as_):
    writing.plan_session(
        lab=lab, starts_at=now + timedelta(days=2), where="Ward 4", by=world.sam, at=now
    )
    page = as_(world.ana).get(reverse("home:notifications")).content.decode()
    assert "A session of your lab is planned." in page
    assert "Sam" not in page


def test_access_needs_and_payment_are_read_by_who_facilitates_and_by_oneself(lab, world, now, as_):
    robin = seat(lab, world.sam)
    given = {"alias": "Robin", "payment": "Vouchers.", "facilitates": False}
    members.change(member=robin, access_needs="No stairs, please.", **given, by=world.cas, at=now)
    for reader, status in ((world.cas, 200), (world.sam, 200), (world.ana, 403), (world.mo, 404)):
        answer = as_(reader).get(robin.get_absolute_url())
        assert answer.status_code == status
        assert ("No stairs" in answer.content.decode()) is (status == 200)
    assert "No stairs" not in as_(world.ana).get(lab.get_absolute_url()).content.decode()


def test_somebody_always_facilitates(lab, world, now):
    with pytest.raises(Refused, match="Let another member"):
        members.remove(member=seat(lab, world.cas), by=world.cas, at=now)
    with pytest.raises(ValidationError, match="not a service user"):
        members.change(
            member=seat(lab, world.sam), alias="", access_needs="", payment="",
            facilitates=True, by=world.cas, at=now,
        )  # fmt: skip
    members.change(
        member=seat(lab, world.ana), alias="", access_needs="", payment="",
        facilitates=True, by=world.cas, at=now,
    )  # fmt: skip
    assert members.remove(member=seat(lab, world.cas), by=world.cas, at=now).left_at


def test_taken_out_while_writing_the_words_come_back_and_nothing_is_shown(lab, world, now, as_):
    browser, typed = as_(world.ana), {"words": "They ask us last of all.", "lens": "system"}
    members.remove(member=seat(lab, world.ana), by=world.cas, at=now)
    address = reverse("labs:insight_new", args=[lab.pk])
    answer = browser.post(address, typed)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "They ask us last of all." in page
    assert lab.question not in page
    assert not Insight.objects.exists()
    assert browser.get(lab.get_absolute_url()).status_code == 404
    assert as_(world.zed).post(address, typed).status_code == 404


def test_once_it_has_ended_nothing_is_written_and_all_is_read(lab, world, now, as_):
    running.end(lab=lab, by=world.cas, at=now)
    with pytest.raises(Refused, match="has ended"):
        make_insight(lab, world.ana, now)
    assert as_(world.ana).get(lab.get_absolute_url()).status_code == 200


# --- Code cards ----------------------------------------------------------------------------------


def test_a_card_lets_its_holder_into_their_labs_and_nowhere_else(lab, kit, world, now, client):
    code = members.issue_card(member=kit, by=world.cas, at=now)
    in_small = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
    answer = client.post(reverse("labs:code_card"), {"code": in_small})
    assert answer.url == lab.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "Sign out" in page
    assert "Noticed" not in page
    assert client.get("/").url == "/labs/"
    for closed in ("/wins/", "/people/", "/barriers/", "/more/", "/notifications/", "/me/"):
        assert client.get(closed).status_code in (403, 404), closed
        assert client.post(closed).status_code in (403, 404), closed


def test_whoever_came_by_a_card_is_known_in_their_lab_alone(lab, kit, world, now, as_):
    assert kit.person not in Person.objects.visible_to(world.zed)
    assert "Kit" not in as_(world.zed).get(reverse("cohorts:people")).content.decode()
    assert list(Person.objects.visible_to(kit.person)) == [kit.person]
    writing.plan_session(lab=lab, starts_at=now + timedelta(days=2), where="", by=world.cas, at=now)
    assert not Notification.objects.filter(
        recipient=kit.person, event__verb="lab_session.planned"
    ).exists()
    assert not Letter.objects.filter(to__endswith=".invalid").exists()


def test_a_new_card_ends_the_one_before_and_its_sessions(lab, kit, world, now, client):
    first = members.issue_card(member=kit, by=world.cas, at=now)
    client.post(reverse("labs:code_card"), {"code": first})
    second = members.issue_card(member=kit, by=world.cas, at=now)
    assert client.get(lab.get_absolute_url()).status_code == 302  # signed out
    assert code_cards.find(first, address="198.51.100.7", at=now) is None
    assert code_cards.find(second, address="198.51.100.7", at=now).person == kit.person
    assert CodeCard.objects.filter(ended_at=None).count() == 1
    members.remove(member=kit, by=world.cas, at=now)
    assert code_cards.find(second, address="198.51.100.7", at=now) is None


def test_only_a_digest_of_the_code_is_kept(lab, kit, world, now):
    code = members.issue_card(member=kit, by=world.cas, at=now)
    kept = repr(list(CodeCard.objects.values())) + repr(list(Event.objects.values()))
    assert code not in kept


def test_a_card_is_for_who_came_by_one(lab, world, now):
    with pytest.raises(ValidationError, match="signs in by e-mail"):
        members.issue_card(member=seat(lab, world.sam), by=world.cas, at=now)


def test_the_database_keeps_an_address_from_who_came_by_a_card(kit):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=kit.person_id).update(email="kit@example.org")


# --- What members write --------------------------------------------------------------------------


def test_cycles_that_follow_one_another_are_one_chain(lab, world, now):
    first = make_experiment(lab, world.ana, now, "adapted")
    second = make_experiment(lab, world.sam, now, follows=first)
    alone = make_experiment(lab, world.ana, now)
    chains = [[one.pk for one in chain.cycles] for chain in chains_of(lab, now.date())]
    assert chains == [[alone.pk], [first.pk, second.pk]]
    with pytest.raises(ValidationError, match="Somebody wrote the next one"):
        make_experiment(lab, world.ana, now, follows=first)
    with pytest.raises(ValidationError, match="first"):
        make_experiment(lab, world.ana, now, follows=second)
    with pytest.raises(ValidationError, match="builds on this"):
        trying.try_on(experiment=first, by=world.ana, at=now)


def test_what_was_expected_is_not_rewritten_once_it_is_known(lab, world, now):
    done = make_experiment(lab, world.ana, now, "adopted")
    given = {"try_what": "x", "expect": "I knew it.", "by_when": now.date()}
    with pytest.raises(ValidationError, match="stays as it was"):
        trying.change(experiment=done, **given, version=done.version, by=world.ana, at=now)


def test_two_decide_on_one_cycle_and_the_second_reads_so(lab, world, now):
    it = make_experiment(lab, world.ana, now)
    EXPERIMENTS["ADOPT"](it, world.ana, now)
    with pytest.raises(WrongState):
        EXPERIMENTS["ABANDON"](it, world.sam, now)
    it.refresh_from_db()
    assert (it.state, it.decided_by) == ("adopted", seat(lab, world.ana))


def test_a_decision_comes_back_to_every_member_once(lab, world, now):
    made = make_decision(lab, world.ana, now)
    day = now + timedelta(days=30)
    assert trying.tell_of_reviews(at=now) == 0
    assert [trying.tell_of_reviews(at=day), trying.tell_of_reviews(at=day)] == [1, 0]
    told = Notification.objects.filter(event__verb="decision.back")
    assert {one.recipient for one in told} == {world.ana, world.cas, world.sam}
    assert [row.url for row in waiting(lab_waiting.KINDS, world.sam, day)] == [
        made.get_absolute_url()
    ]
    trying.review(
        decision=made, stands=True, review_on=(day + timedelta(days=90)).date(), words="Yes.",
        by=world.sam, at=day,
    )  # fmt: skip
    assert waiting(lab_waiting.KINDS, world.sam, day) == []


def test_an_insight_stands_under_one_sentence_and_outlives_it(lab, world, now):
    insight = make_insight(lab, world.ana, now)
    first = make_pattern(lab, world.ana, now, [insight.pk])
    second = make_pattern(lab, world.sam, now, [insight.pk])
    insight.refresh_from_db()
    assert insight.pattern == second
    for pattern in (first, second):
        writing.remove_pattern(pattern=pattern, by=world.ana, at=now)
    insight.refresh_from_db()
    assert insight.pattern is None


def test_notes_of_two_members_are_not_written_over_each_other(lab, world, now):
    session = writing.plan_session(lab=lab, starts_at=now, where="", by=world.ana, at=now)
    given = {"starts_at": now, "where": "", "version": 1, "at": now}
    writing.change_session(session=session, notes="Ana’s.", **given, by=world.ana)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        writing.change_session(session=session, notes="Robin’s.", **given, by=world.sam)
    assert meanwhile.value.now.notes == "Ana’s."


# --- What the lab shows the world ----------------------------------------------------------------


def test_a_summary_is_published_as_it_was_checked_and_taken_back_at_once(lab, world, now, as_):
    lab = running.summarise(lab=lab, summary="Nobody asks.", version=1, by=world.cas, at=now)
    with pytest.raises(ChangedMeanwhile):
        running.publish(lab=lab, version=1, by=world.cas, at=now)
    lab.refresh_from_db()
    make_insight(lab, world.ana, now, "For members only.")
    assert as_(world.zed).get(lab.get_absolute_url()).status_code == 404
    running.publish(lab=lab, version=lab.version, by=world.cas, at=now)
    page = as_(world.zed).get(lab.get_absolute_url()).content.decode()
    assert "Nobody asks." in page
    for hidden in ("For members only.", "Robin", "Ana Okafor", "people worked on it"):
        assert hidden not in page
    with pytest.raises(ValidationError, match="Take it back first"):
        running.summarise(lab=lab, summary="Else.", version=lab.version + 1, by=world.cas, at=now)
    running.take_back(lab=lab, by=world.cas, at=now)
    assert as_(world.zed).get(lab.get_absolute_url()).status_code == 404


def test_a_barrier_is_picked_up_and_put_down(lab, world, now, as_):
    barrier = make_barrier(world.zed, "The ward rings at five.")
    carrying.pick_up(lab=lab, barrier=barrier, by=world.cas, at=now)
    barrier.refresh_from_db()
    assert barrier.state == Barrier.State.IN_LAB
    assert "The ward rings at five." in as_(world.ana).get(lab.get_absolute_url()).content.decode()
    page = as_(world.zed).get(barrier.get_absolute_url()).content.decode()
    assert "A lab</b> took it up" in page
    for inside in (lab.question, world.cas.name):
        assert inside not in page
    carrying.put_down(lab=lab, barrier=barrier, by=world.cas, at=now)
    barrier.refresh_from_db()
    assert barrier.state == Barrier.State.RAISED


# --- How much it costs ---------------------------------------------------------------------------


def test_a_lab_takes_as_many_queries_for_one_of_each_as_for_thirty(
    lab, world, now, as_, django_assert_max_num_queries
):
    def fill(many: int) -> None:
        for _ in range(many):
            insight = make_insight(lab, world.ana, now)
            make_pattern(lab, world.ana, now, [insight.pk])
            make_experiment(lab, world.sam, now)
            make_decision(lab, world.ana, now)

    browser = as_(world.ana)
    fill(1)
    counts = []
    for more in (0, 10):
        fill(more)
        with django_assert_max_num_queries(20) as counted:
            browser.get(lab.get_absolute_url())
        counts.append(len(counted))
    assert counts[0] == counts[1]
    for number in range(12):
        join(make_lab(world.cas, now, question=f"Why {number}?"), world.ana, world.cas, now)
    with django_assert_max_num_queries(8):
        browser.get(reverse("labs:labs"))


def test_leaving_keeps_what_the_lab_builds_on(lab, world, now):
    from cohorts.actions import leaving
    from systemschangers.kernel.personal_data import everything_about

    insight = make_insight(lab, world.sam, now, "I was asked four times.")
    sections = {section.key: list(section.rows) for section in everything_about(world.sam)}
    assert sections["labs"][0]["name in the lab"] == "Robin"
    assert sections["insights"][0]["your words"] == "I was asked four times."
    leaving.leave(by=world.sam, went_to="unknown", at=now)
    insight.refresh_from_db()
    assert insight.made_by.shown == "Someone who has left"
    assert insight.made_by.left_at == now


def test_leaving_takes_ones_name_from_the_summary_that_said_whom_to_ask(lab, world, now):
    from cohorts.actions import leaving
    from systemschangers.kernel.personal_data import everything_about

    members.change(
        member=seat(lab, world.ana), alias="", access_needs="", payment="", facilitates=True,
        by=world.cas, at=now,
    )  # fmt: skip
    written = running.summarise(lab=lab, summary="A list.", version=1, by=world.ana, at=now)
    given = {"version": written.version, "may_be_asked": True, "by": world.ana, "at": now}
    running.publish(lab=written, **given)
    (told,) = (one for one in everything_about(world.ana) if one.key == "labs")
    assert [row["others may ask you about its summary"] for row in told.rows] == [True]
    with pytest.raises(IntegrityError), transaction.atomic():
        Lab.objects.filter(pk=lab.pk).update(published_at=None, published_by=None)
    leaving.leave(by=world.ana, went_to="unknown", at=now)
    lab.refresh_from_db()
    assert (lab.ask, lab.summary) == (None, "A list.")
