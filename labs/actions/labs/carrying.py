"""A lab picks a barrier up, to work on it, and may put it down again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from labs.actions.barriers import in_labs
from labs.actions.barriers import keeping as of_barriers
from labs.models import Barrier, Lab
from labs.policy.labs import may_run, seat_of
from systemschangers.kernel import threads
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Thread

from . import keeping


@transaction.atomic
def pick_up(*, lab: Lab, barrier: Barrier, by: Person, at: datetime) -> Barrier:
    """The barrier says so on its page, without saying which lab to who may not see it.

    The caller fetched the barrier through `visible_to`. Raises WrongState, Refused."""
    lab = keeping.held(lab)
    may_run(seat_of(by, lab), lab).require()
    barrier = in_labs.pick_up(barrier=barrier, by=by, at=at)
    threads.tie(lab, Thread.Kind.CARRIES, barrier, by=by, at=at)
    return barrier


@transaction.atomic
def put_down(*, lab: Lab, barrier: Barrier, by: Person, at: datetime) -> Barrier:
    """Only a lab that carries it puts it down. One that was answered meanwhile keeps its answer.

    Raises WrongState, Refused."""
    lab = keeping.held(lab)
    may_run(seat_of(by, lab), lab).require()
    if not threads.untie(lab, Thread.Kind.CARRIES, barrier):
        raise WrongState("Your lab does not carry this barrier, so it can’t put it down.")
    barrier = of_barriers.locked(barrier)
    if barrier.state != Barrier.State.IN_LAB:
        return barrier
    return in_labs.put_down(barrier=barrier, by=by, at=at)
