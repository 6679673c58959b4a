"""Learning calls: planned and written down in one form, by the two who speak, and read by nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts import running_waiting
from cohorts.actions import learning_calls as actions
from cohorts.actions import memberships
from cohorts.actions.learning_calls import Said
from cohorts.models import LearningCall, Membership, Person
from cohorts.waiting import waiting
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW, TODAY
from tests.factories.cohorts import make_person
from tests.factories.running import STARTS, make_call, make_session, make_tick, pair

SAID = Said(me="I rush.", organisation="", system="Two forms.", next_step="Ask Dee.")
WRITTEN = {
    "day": "2026-03-09",
    "time": "",
    "me": "I rush.",
    "organisation": "",
    "system": "Two forms.",
    "next_step": "Ask Dee.",
}


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def seat(world):
    """Ana's, with Cas as her learning partner."""
    return pair(world.ana, world.cas, world.cohort)


@pytest.fixture
def new(seat) -> str:
    return reverse("cohorts:call_new", args=[seat.pk])


def test_a_day_that_was_writes_it_down(world, new, as_):
    page = as_(world.cas).post(new, WRITTEN, follow=True).content.decode()
    call = LearningCall.objects.get()
    assert (call.state, call.held_on, call.partner) == ("held", date(2026, 3, 9), world.cas)
    assert "Ana Okafor can read it, and nobody else" in page
    assert Notification.objects.get().recipient == world.ana


def test_a_day_to_come_plans_it_and_the_member_may_too(world, new, as_):
    typed = {"day": "2026-03-17", "time": "14:00", "me": ""}
    page = as_(world.ana).post(new, typed, follow=True).content.decode()
    call = LearningCall.objects.get()
    assert (call.state, call.planned_for, call.held_on) == ("planned", STARTS, None)
    assert "Planned. Cas Mendes is told." in page
    assert Notification.objects.get().recipient == world.cas


def test_then_it_is_moved_and_written_down_in_the_same_form(world, seat, as_):
    call = make_call(seat, "planned")
    url = reverse("cohorts:learning_call_edit", args=[call.pk])
    browser = as_(world.cas)
    browser.post(url, {"day": "2026-03-18", "time": "09:30", "version": "1"})
    call.refresh_from_db()
    assert (call.state, call.planned_for.day, call.version) == ("planned", 18, 2)
    browser.post(url, WRITTEN | {"version": "2"})
    call.refresh_from_db()
    assert (call.state, call.held_on, call.me) == ("held", date(2026, 3, 9), "I rush.")
    browser.post(url, {"day": "2026-03-08", "me": "I rushed.", "version": "3"})
    call.refresh_from_db()
    assert (call.held_on.day, call.me, call.system) == (8, "I rushed.", "")


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"day": "2026-03-11"}, "time", "at what time"),
        ({"day": "2026-03-09", "me": "", "system": ""}, "me", "at least one of the three"),
        ({"day": "2026-03-10", "me": "", "system": ""}, "me", "at least one of the three"),
        ({"day": "2027-03-10", "time": "10:00"}, "day", "Check the year"),
        ({"day": "0000-00-00"}, "day", "a day we can read"),
        ({"day": "2026-03-11", "time": "26:00"}, "time", "a time we can read"),
        ({"me": "x" * 2001}, "me", "too long"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(changes, field, says, world, new, as_):
    answer = as_(world.cas).post(new, WRITTEN | changes)
    assert says in " ".join(answer.context["form"].errors[field])
    assert "Ask Dee." in answer.content.decode()
    assert not LearningCall.objects.exists()


def test_one_that_was_held_is_not_planned_again(world, seat, as_):
    call = make_call(seat)
    url = reverse("cohorts:learning_call_edit", args=[call.pk])
    answer = as_(world.cas).post(url, WRITTEN | {"day": "2026-03-20", "version": "1"})
    assert "Give the day on which you spoke" in answer.content.decode()


def test_nobody_but_the_two_finds_it_staff_and_administrators_included(world, seat, as_):
    call = make_call(seat, me="I rush past people.")
    colleague = make_person(name="Programme Colleague")
    Membership.objects.create(
        cohort=world.cohort, person=colleague, role="facilitator", state="active", joined_at=NOW
    )
    for person, status in (
        (world.ana, 200),
        (world.cas, 200),
        (world.zed, 404),
        (colleague, 404),
        (world.ada, 404),
        (world.mo, 404),
    ):
        for url in (
            call.get_absolute_url(),
            reverse("cohorts:learning_call_edit", args=[call.pk]),
            reverse("cohorts:calls_with", args=[seat.pk]),
        ):
            assert as_(person).get(url).status_code == status, (person, url)
    page = as_(world.ana).get(call.get_absolute_url()).content.decode()
    assert "You and Cas Mendes read this, nobody else" in page


def test_a_new_partner_reads_nothing_of_the_calls_before(world, seat, as_):
    call = make_call(seat, me="Between Cas and me.")
    maggie = make_person(name="Maggie Thornhill")
    Membership.objects.create(
        cohort=world.cohort, person=maggie, role="learning_partner", state="active", joined_at=NOW
    )
    pair(world.ana, maggie, world.cohort)
    page = as_(maggie).get(reverse("cohorts:calls_with", args=[seat.pk])).content.decode()
    assert "Between Cas and me." not in page
    assert as_(maggie).get(call.get_absolute_url()).status_code == 404
    assert as_(world.cas).get(call.get_absolute_url()).status_code == 200


def test_no_letter_says_a_word_of_it(world, seat, now):
    call = actions.log(membership=seat, held_on=TODAY, said=SAID, by=world.cas, at=now)
    event = Notification.objects.get().event
    assert "rush" not in str(event.data)
    assert call.membership.person == world.ana
    assert not Letter.objects.filter(text__contains="rush").exists()


def test_both_write_at_once_and_the_second_sees_both(world, seat, as_):
    call = make_call(seat)
    url = reverse("cohorts:learning_call_edit", args=[call.pk])
    as_(world.ana).post(url, WRITTEN | {"me": "Hers.", "version": "1"})
    answer = as_(world.cas).post(url, WRITTEN | {"me": "His.", "version": "1"})
    assert answer.status_code == 409
    assert "Hers." in answer.content.decode()
    assert "His." in answer.content.decode()
    call.refresh_from_db()
    assert call.me == "Hers."
    as_(world.cas).post(url, dict(answer.context["form"].data.items()))
    call.refresh_from_db()
    assert call.me == "His."


def test_with_somebody_who_withdrew_nothing_is_planned_and_the_words_stay(world, seat, as_, now):
    held = make_call(seat)
    planned = make_call(seat, "planned")
    memberships.take_out(membership=seat, by=world.cas, at=now)
    answer = as_(world.cas).get(reverse("cohorts:call_new", args=[seat.pk]))
    assert answer.status_code == 403
    assert "Ana Okafor has left this cohort" in answer.content.decode()
    with pytest.raises(Refused, match="has left this cohort"):
        actions.plan(membership=seat, planned_for=STARTS, said=Said(), by=world.cas, at=now)
    url = reverse("cohorts:learning_call_edit", args=[planned.pk])
    typed = {"day": "2026-03-18", "time": "09:30", "version": "1"}
    assert "has left this cohort" in as_(world.cas).post(url, typed).content.decode()
    ana = Person.objects.get(pk=world.ana.pk)
    assert as_(ana).get(held.get_absolute_url()).status_code == 200
    assert "Ana" not in as_(world.cas).get(reverse("cohorts:learning_calls")).content.decode()


def test_who_pauses_can_have_a_call_written_down_and_none_planned(world, seat, now, as_, new):
    Membership.objects.filter(pk=seat.pk).update(state="paused")
    assert as_(world.cas).post(new, WRITTEN).status_code == 302
    answer = as_(world.cas).post(new, {"day": "2026-03-18", "time": "09:30", "me": "Kept."})
    assert "is taking a break" in answer.content.decode()
    assert "Kept." in answer.content.decode()


def test_without_a_partner_there_is_nobody_to_call(world, as_):
    seat = world.zed.memberships.get()
    answer = as_(world.zed).get(reverse("cohorts:call_new", args=[seat.pk]))
    assert answer.status_code == 403
    assert "no learning partner here yet" in answer.content.decode()


def test_one_is_planned_at_a_time(world, seat, new, now, as_):
    make_call(seat, "planned")
    answer = as_(world.cas).post(new, {"day": "2026-03-18", "time": "09:30"})
    assert "A call is already planned" in answer.content.decode()
    assert "Was it that one?" in as_(world.cas).get(new).content.decode()
    with pytest.raises(ValidationError, match="already planned"):
        actions.plan(membership=seat, planned_for=STARTS, said=Said(), by=world.cas, at=now)


def test_the_database_says_the_rules_again(world, seat):
    call = make_call(seat)
    for broken in ({"me": ""}, {"held_on": None}, {"state": "planned"}, {"state": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LearningCall.objects.filter(pk=call.pk).update(**broken)


def test_whom_i_call_this_month_and_when_i_last_did(world, seat, as_):
    zeds = pair(world.zed, world.cas, world.cohort)
    make_call(seat, held_on=TODAY)
    make_call(zeds, held_on=TODAY - timedelta(days=30))
    make_call(zeds, "planned", planned_for=NOW - timedelta(hours=2))
    browser, url = as_(world.cas), reverse("cohorts:learning_calls")
    due = browser.get(url).content.decode()
    assert "Zed Kowalski" in due
    assert "Did you speak?" in due
    assert "Ana Okafor" not in due
    everybody = browser.get(url, {"show": "all"}).content.decode()
    assert "Called this month" in everybody
    own = as_(world.ana).get(url).content.decode()
    assert "Who calls me" in own
    assert "Cas Mendes" in own
    assert "Whom I call" not in own


def labels(person) -> list[str]:
    return [
        row.label for row in waiting(running_waiting.KINDS, Person.objects.get(pk=person.pk), NOW)
    ]


def test_home_says_what_is_due_this_week_and_to_whom(world, seat):
    assert labels(world.cas) == ["A learning call is due this month"]
    assert labels(world.ana) == []
    soon = make_session(world.cohort, title="The map", starts_at=NOW + timedelta(days=2))
    make_session(world.cohort, title="Later", starts_at=NOW + timedelta(days=9))
    make_session(world.cohort, "called_off", title="Off", starts_at=NOW + timedelta(days=1))
    assert labels(world.ana) == ["This week: The map"]
    make_tick(soon, world.ana, "sent_word")
    assert labels(world.ana) == []
    make_call(seat, held_on=TODAY)
    assert labels(world.cas) == ["This week: The map"]
    assert labels(world.mo) == labels(world.ada) == []


def test_home_reminds_staff_to_tick_and_stops_when_they_did(world):
    was = make_session(world.cohort, title="The map", starts_at=NOW - timedelta(days=1))
    assert labels(world.cas) == ["Tick who came to “The map”"]
    assert labels(world.ana) == []
    make_tick(was, world.zed, "sent_word")
    assert labels(world.cas) == ["Tick who came to “The map”"]
    make_tick(was, world.ana)
    assert labels(world.cas) == []
    make_session(world.cohort, title="Now", starts_at=NOW)
    assert labels(world.cas) == ["Tick who is at “Now”"]
    assert labels(world.ana) == ["Today: Now"]
