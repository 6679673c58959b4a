"""No letter tells of what has come to nothing, has been done or has passed meanwhile; what somebody has
to answer waits for them until it is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from cohorts import events
from cohorts.models import Deputyship, LearningCall, Membership
from systemschangers.kernel import activity, digests, notices
from systemschangers.kernel.models import Letter, Notification, NotificationChoice
from systemschangers.kernel.paces import WAITS
from tests.factories.peer_meetings import make_peer_meeting
from tests.factories.running import make_call, pair
from tests.factories.time import SLOT, make_time

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=8)


@pytest.fixture
def paired(world) -> Membership:
    """Ana's place, with Cas as her learning partner."""
    return pair(world.ana, world.cas, world.cohort)


@pytest.fixture
def told(now):
    """Somebody who hears once a week is told of a verb; what their letter of that week says."""

    def tell(person, verb, target, *, after=lambda: None) -> str:
        for kind in ("waits", "news"):
            NotificationChoice.objects.create(person=person, kind=kind, pace="weekly")
        with transaction.atomic():
            activity.record(verb, actor=None, target=target, at=now, notify=[person])
        after()
        digests.write_digests(at=now + WEEK)
        letter = Letter.objects.filter(to=person.email).first()
        return letter.text if letter else ""

    return tell


def test_a_learning_call_to_come_is_told(world, paired, now, told):
    call = make_call(paired, state="planned", planned_for=now + timedelta(days=20))
    assert "has planned a learning call" in told(world.ana, events.CALL_PLANNED, call)


def test_a_learning_call_whose_hour_has_passed_is_not(world, paired, now, told):
    call = make_call(paired, state="planned", planned_for=now + timedelta(days=2))
    assert told(world.ana, events.CALL_PLANNED, call) == ""


def test_a_learning_call_that_was_held_is_not(world, paired, now, told):
    call = make_call(paired, state="planned", planned_for=now + timedelta(days=20))
    held = {"state": "held", "held_on": now.date(), "planned_for": None, "me": "I rush."}
    after = lambda: LearningCall.objects.update(**held)  # noqa: E731
    assert told(world.ana, events.CALL_PLANNED, call, after=after) == ""


@pytest.mark.parametrize(("days", "says"), [(20, True), (3, False)])
def test_days_as_a_deputy_are_told_while_they_are_not_over(days, says, world, now, told):
    today = now.date()
    named = Deputyship.objects.create(
        person=world.lee, deputy=world.cas, starts=today, ends=today + timedelta(days=days)
    )
    assert bool(told(world.cas, events.DEPUTY_NAMED, named)) == says


@pytest.mark.parametrize(("state", "says"), [("approved", True), ("withdrawn", False)])
def test_approved_time_is_told_unless_it_was_given_back(state, says, world, told):
    time = make_time(world.ana, state, starts_at=SLOT + timedelta(days=60))
    assert bool(told(world.ana, events.TIME_APPROVED, time)) == says


@pytest.mark.parametrize(
    ("verb", "state", "other"),
    [
        (events.MEMBERSHIP_ASKED, "invited", "awaiting_manager"),
        (events.MEMBERSHIP_APPLIED, "applied", "awaiting_manager"),
    ],
)
def test_a_place_in_a_cohort_waits_for_who_answers_and_then_no_more(
    verb, state, other, world, now, as_
):
    assert notices.kind_of(verb) == WAITS
    more = {"why": "I would like to."} if state == "applied" else {}
    place = Membership.objects.create(
        person=world.sam, cohort=world.cohort, state=state, state_at=now, joined_at=now, **more
    )
    who = world.sam if state == "invited" else world.cas
    with transaction.atomic():
        activity.record(verb, actor=world.lee, target=place, at=now, notify=[who])
    address = reverse("home:notifications")
    assert "Waits for you" in as_(who).get(address).content.decode()
    Membership.objects.filter(pk=place.pk).update(state=other)
    page = as_(who).get(address).content.decode()
    assert "Waits for you" not in page
    assert "Over by now" in page
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "state", "says"),
    [
        (events.PEER_INVITED, "invited", True),
        (events.PEER_INVITED, "dates_proposed", False),
        (events.PEER_DATES_PROPOSED, "dates_proposed", True),
        (events.PEER_DATES_PROPOSED, "arranged", False),
        (events.PEER_ASKED_WHETHER_HELD, "arranged", True),
        (events.PEER_ASKED_WHETHER_HELD, "held", False),
    ],
)
def test_a_step_towards_a_meeting_waits_until_it_is_taken(verb, state, says, world, now, told):
    assert notices.kind_of(verb) == WAITS
    meeting = make_peer_meeting(world.ana, world.zed, at=now, state=state)
    assert bool(told(world.zed, verb, meeting)) == says
