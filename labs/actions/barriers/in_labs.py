"""A lab picks a barrier up, and may give it back. What a lab does with it is the lab's own noun."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Person
from labs import events
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord
from labs.policy.barriers import may_pick_up
from systemschangers.kernel import activity

from . import keeping
from .keeping import locked


@transaction.atomic
def pick_up(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    """`words` say which lab. Holders of power can answer it meanwhile, as before."""
    barrier = locked(barrier)
    may_pick_up(by, barrier).require()
    barrier.pick_up()
    return _done(barrier, BarrierWord.Step.PICKED_UP, events.BARRIER_PICKED_UP, by, at, words)


@transaction.atomic
def put_down(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    barrier = locked(barrier)
    may_pick_up(by, barrier).require()
    barrier.put_down()
    return _done(barrier, BarrierWord.Step.PUT_DOWN, events.BARRIER_PUT_DOWN, by, at, words)


def _done(
    barrier: Barrier, step: BarrierWord.Step, verb: str, by: Person, at: datetime, words: str
) -> Barrier:
    barrier.save()
    keeping.say(barrier, step, voice=Voice(by), words=words, at=at)
    activity.record(verb, actor=by, target=barrier, at=at, notify=audiences.concerned(barrier))
    return barrier
