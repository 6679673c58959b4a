"""Check-ins: asked once, reminded once, answered with or without signing in, read by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.actions import role_check_ins as actions
from cohorts.actions.leaving import leave
from cohorts.check_ins_due import due_for
from cohorts.models import RoleCheckIn
from cohorts.policy.role_check_ins import may_answer
from systemschangers.home.waiting import waiting_on
from systemschangers.kernel import batches
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.signed_links import LinkRefused
from tests.factories.memberships import make_member
from tests.factories.roles import link_to, make_check_in

# Ana and Zed joined on 1 September 2025, when their cohort began.
SIX_ON = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANSWER = {"where": "same", "in_a_year": "staying", "words": "The team.", "may_show": True}


def everything_told():
    return Event.objects.count(), Notification.objects.count(), Letter.objects.count()


def test_asked_six_months_on_once_and_reminded_once(world):
    assert actions.ask_and_remind(at=SIX_ON - timedelta(days=2)) == 0
    assert actions.ask_and_remind(at=SIX_ON) == 2
    asked = RoleCheckIn.objects.get(membership__person=world.ana)
    assert (asked.moment, asked.asked_at) == (6, SIX_ON)
    letter = Letter.objects.get(to=world.ana.email)
    assert "/check-in-links/" in letter.text
    before = everything_told()
    for days in (0, 1, 13):
        assert actions.ask_and_remind(at=SIX_ON + timedelta(days=days)) == 0
    assert everything_told() == before
    actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON + timedelta(days=1))
    assert actions.ask_and_remind(at=SIX_ON + timedelta(days=14)) == 1, "Zed has not answered"
    assert Letter.objects.filter(to=world.ana.email).count() == 1
    assert Letter.objects.filter(to=world.zed.email).count() == 2
    before = everything_told()
    for days in (14, 15, 59, 61):
        assert actions.ask_and_remind(at=SIX_ON + timedelta(days=days)) == 0
    assert everything_told() == before


@pytest.mark.parametrize(
    ("day", "moment"),
    [("2025-09-01", 0), ("2026-03-01", 6), ("2026-09-01", 12), ("2027-09-01", 24)],
)
def test_each_moment_is_asked_on_its_day(day, moment, world):
    at = datetime.fromisoformat(f"{day}T10:00:00+00:00")
    assert list(due_for(moment, at - timedelta(days=1))) == []
    assert {place.person for place in due_for(moment, at)} == {world.ana, world.zed}


def test_a_place_begun_with_old_cohorts_is_not_asked_of_years_past(world):
    assert actions.ask_and_remind(at=datetime(2026, 7, 1, 10, tzinfo=UTC)) == 0


@pytest.mark.parametrize("state", ["applied", "invited", "withdrawn", "awaiting_manager"])
def test_only_who_takes_part_is_asked(state, world):
    make_member(world.cohort, world.ana, state, why="Because")
    actions.ask_and_remind(at=SIX_ON)
    assert not RoleCheckIn.objects.filter(membership__person=world.ana).exists()


def test_staff_of_a_cohort_are_not_asked(world):
    actions.ask_and_remind(at=SIX_ON)
    assert not RoleCheckIn.objects.filter(membership__person=world.cas).exists()


def test_who_wants_no_letters_is_asked_on_home_alone(world):
    world.ana.hears_by_email = False
    world.ana.save()
    actions.ask_and_remind(at=SIX_ON)
    assert not Letter.objects.filter(to=world.ana.email).exists()
    assert "Where are you now?" in [row.label for row in waiting_on(world.ana, SIX_ON)]


def test_all_are_asked_a_batch_at_a_time_and_once(world, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    assert [actions.ask_and_remind(at=SIX_ON) for _ in range(2)] == [2, 0]


@pytest.fixture
def asked(world):
    return make_check_in(world.ana.memberships.get(), 6, SIX_ON)


def test_opening_the_link_tells_us_nothing_and_pressing_answers_once(asked, world, client):
    now = datetime.now(UTC)
    asked.asked_at = now
    asked.save()
    address = reverse("cohorts:check_in_link", args=[link_to(asked, now)])
    for _ in range(2):
        assert client.get(address).status_code == 200
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert client.post(address, ANSWER | {"may_show": "on"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.where, asked.words, asked.may_show) == ("same", "The team.", True)
    assert client.post(address, ANSWER).status_code == 410


def test_one_press_leaves_all_unsaid(asked, world, as_):
    asked.asked_at = datetime.now(UTC)
    asked.save()
    address = reverse("cohorts:role_check_in", args=[asked.pk])
    assert as_(world.ana).post(address, {"unsaid": "1", "words": "typed"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.where, asked.in_a_year, asked.words) == ("unsaid", "unsaid", "")


def test_an_answer_on_the_page_ends_the_link(asked, world):
    token = link_to(asked, SIX_ON)
    actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON)
    with pytest.raises(LinkRefused):
        actions.answer(check_in=asked, **ANSWER, token=token, at=SIX_ON)


def test_a_link_answers_nobody_elses_question(asked, world):
    other = make_check_in(world.zed.memberships.get(), 6, SIX_ON)
    with pytest.raises(LinkRefused), transaction.atomic():
        actions.answer(check_in=other, **ANSWER, token=link_to(asked, SIX_ON), at=SIX_ON)
    other.refresh_from_db()
    assert other.answered_at is None


def test_only_the_person_reads_and_answers_it(asked, world):
    for name in ("mo", "dee", "lee", "cas", "sam", "zed", "ada"):
        person = getattr(world, name)
        assert not RoleCheckIn.objects.visible_to(person).exists()
        assert not may_answer(person, asked)
        with pytest.raises(Refused):
            actions.answer(check_in=asked, **ANSWER, by=person, at=SIX_ON)


def test_after_sixty_days_it_is_closed(asked, world):
    actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON + timedelta(days=59))
    with pytest.raises(WrongState):
        actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON + timedelta(days=60))


def test_the_events_hold_no_answer(asked, world):
    actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON)
    assert Event.objects.get(verb="check_in.answered").data == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"where": "same"},
        {"where": "moon", "in_a_year": "unsaid", "answered_at": SIX_ON},
        {"answered_at": SIX_ON},
        {"may_show": True},
        {"moment": 7},
    ],
)
def test_the_database_refuses_what_can_not_be(wrong, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleCheckIn.objects.filter(pk=asked.pk).update(**wrong)


def test_leaving_takes_the_words_and_keeps_the_figure(asked, world):
    actions.answer(check_in=asked, **ANSWER, by=world.ana, at=SIX_ON)
    leave(by=world.ana, went_to="unknown", at=SIX_ON)
    asked.refresh_from_db()
    assert (asked.where, asked.words, asked.may_show) == ("same", "", False)
