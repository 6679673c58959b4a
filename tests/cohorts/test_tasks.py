"""What the queue does by the clock: there, by day only, and twice the same as once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from procrastinate.contrib.django import app

from cohorts import tasks
from cohorts.actions import posts
from cohorts.models import LeaderRequest
from systemschangers.kernel.models import Event, Letter, Notification
from tests.conftest import NOW
from tests.factories.leader_requests import make_commitment, make_leader, make_leader_request
from tests.factories.peer_meetings import (
    make_borrowing,
    make_note,
    make_peer_meeting,
    make_practice,
)
from tests.factories.time import make_agreement, make_time

BY_DAY = (
    *(tasks.ask_to_renew, tasks.escalate, tasks.ask_whether_held, tasks.remind_leaders),
    tasks.follow_up_meetings,
)
ALL = (*BY_DAY, tasks.hand_over_left_behind)
MORNING = NOW.replace(hour=10) + timedelta(days=(7 - NOW.weekday()))
State = LeaderRequest.State


def told() -> tuple[int, int, int]:
    return Event.objects.count(), Notification.objects.count(), Letter.objects.count()


def test_each_is_asked_for_by_the_clock(db):
    registered = {task.name for task in ALL}
    assert registered <= {task.task.name for task in app.periodic_registry.periodic_tasks.values()}


@pytest.fixture
def late(world, now):
    """Something for each: an agreement running out, a request kept too long, a meeting over, a promise
    that is due, and time waiting for somebody who is nobody's line manager."""
    lee = make_leader(world.lee)
    make_agreement(world.ana, review_on=MORNING.date())
    make_leader_request(world.ana, lee, world.mo, NOW - timedelta(days=60))
    make_leader_request(
        world.ana, lee, world.mo, NOW, state=State.ARRANGED, meets_at=MORNING - timedelta(days=2)
    )
    met = make_leader_request(
        world.ana, lee, world.mo, NOW - timedelta(days=30), state=State.FOLLOWED_UP
    )
    make_commitment(met, NOW, due_on=MORNING.date())
    make_time(world.ana, manager=world.cas, starts_at=MORNING + timedelta(days=3))
    peers(world)


def peers(world):
    """A meeting that is over, notes not written and a thing to try, and a practice borrowed."""
    before = MORNING - timedelta(weeks=9)
    make_peer_meeting(
        world.ana, world.zed, at=MORNING, state="arranged", meets_at=MORNING - timedelta(days=1)
    )
    met = make_peer_meeting(world.ana, world.zed, at=before, state="held")
    make_note(met, world.ana, before)
    make_borrowing(make_practice(met, world.ana, before), world.lee, before)


def test_everything_that_comes_back_comes_back_in_one_run(world):
    peers(world)
    with time_machine.travel(MORNING, tick=False):
        tasks.follow_up_meetings(timestamp=0)
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert verbs == {
        "peer_meeting.asked_whether_held",
        "comparison_note.reminded",
        "comparison_note.asked_how",
        "borrowing.asked_how",
    }


@pytest.mark.parametrize("task", ALL, ids=lambda task: task.name)
def test_twice_tells_once(task, late):
    with time_machine.travel(MORNING, tick=False):
        before = told()
        task(timestamp=0)
        once = told()
        assert once != before
        task(timestamp=0)
        assert told() == once


@pytest.mark.parametrize("task", BY_DAY, ids=lambda task: task.name)
@pytest.mark.parametrize(
    "when", [timedelta(hours=12), timedelta(days=-2)], ids=["night", "weekend"]
)
def test_nobody_is_written_to_outside_working_hours(task, when, late):
    with time_machine.travel(MORNING + when, tick=False):
        before = told()
        task(timestamp=0)
        assert told() == before


def test_a_new_line_manager_gets_what_waits_at_once(world, now):
    """Requests for time and to meet a leader, and agreements, follow the post."""
    asked = make_time(world.ana, starts_at=now + timedelta(days=3))
    meeting = make_leader_request(world.ana, make_leader(), world.mo, now)
    agreement = make_agreement(world.ana)
    post = world.ana.posts.get()
    posts.change(
        post=post,
        title=post.title,
        kind=post.kind,
        line_manager=world.dee,
        started=post.started,
        by=world.cas,
        at=now,
    )
    for thing in (asked, meeting, agreement):
        thing.refresh_from_db()
        assert thing.manager == world.dee
    verbs = Notification.objects.filter(recipient=world.dee).values_list("event__verb", flat=True)
    assert {"time.moved", "agreement.moved", "leader_request.moved"} <= set(verbs)
