"""Every step of sessions and learning calls, from every state, by whoever may and by whoever may not."""

import pytest
from django.db import transaction

from cohorts.actions import learning_calls as calls
from cohorts.actions import sessions
from cohorts.actions.learning_calls import Said
from cohorts.models import LearningCall, Person, Session
from systemschangers.kernel.models import Event
from tests import steps
from tests.conftest import NOW
from tests.factories.running import STARTS, make_call, make_session, pair

SAID = Said(me="I rush.")
SESSION_STEPS = {
    "CALL_OFF": lambda it, by: sessions.call_off(session=it, words="Flooded.", by=by, at=NOW)
}
CALL_STEPS = {
    "HOLD": lambda it, by: calls.hold(
        call=it, held_on=NOW.date(), said=SAID, version=it.version, by=by, at=NOW
    ),
    "MISS": lambda it, by: calls.miss(call=it, by=by, at=NOW),
    "PLAN_AGAIN": lambda it, by: _plan_again(it, by),
}
MAY = {
    "CALL_OFF": {"cas"},
    "HOLD": {"ana", "cas"},
    "MISS": {"ana", "cas"},
    "PLAN_AGAIN": {"ana", "cas"},
}
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def _plan_again(call, by):
    """A planned call is moved, which is no step: its time and not its state changes."""
    if call.state == LearningCall.State.PLANNED:
        call.plan_again(planned_for=STARTS)
    return calls.move(call=call, planned_for=STARTS, said=SAID, version=call.version, by=by, at=NOW)


def test_every_declared_step_has_an_action():
    steps.insist_on_all(Session, SESSION_STEPS)
    steps.insist_on_all(LearningCall, CALL_STEPS)


def test_every_state_can_be_reached():
    assert steps.reachable(Session, "planned") == set(steps.states_of(Session))
    assert steps.reachable(LearningCall, "planned") == set(steps.states_of(LearningCall))


@pytest.mark.parametrize(
    ("model", "takers", "name"),
    [
        pytest.param(model, takers, name, id=f"{model.__name__}-{name}")
        for model, takers in ((Session, SESSION_STEPS), (LearningCall, CALL_STEPS))
        for name in takers
    ],
)
def test_the_step_from_every_state_by_everybody(model, takers, name, world):
    """One world, put back after each try."""
    seat = pair(world.ana, world.cas, world.cohort)
    make = {
        Session: lambda state: make_session(world.cohort, state),
        LearningCall: lambda state: make_call(seat, state),
    }[model]
    walked = 0
    for case in steps.cases(model):
        for who in EVERYBODY if case.name == name else ():
            may, person = who in MAY[name], Person.objects.get(pk=getattr(world, who).pk)
            with transaction.atomic():
                steps.check(
                    case, make=make, take=lambda it, by=person: takers[name](it, by), may=may
                )
                assert Event.objects.exists() == (case.allowed and may), f"{case} by {who}"
                transaction.set_rollback(True)
            walked += 1
    assert walked == len(EVERYBODY) * len(steps.states_of(model))
