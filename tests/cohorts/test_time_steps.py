"""Every step of agreements and of time, from every state, by whoever may and by whoever may not."""

from datetime import timedelta

import pytest
from django.db import transaction

from cohorts.actions import manager_agreements as agreements
from cohorts.actions import time_requests as time
from cohorts.models import ManagerAgreement, Person, TimeRequest
from systemschangers.kernel.models import Event
from tests import steps
from tests.factories.time import SLOT, make_agreement, make_time

AFTER = SLOT + timedelta(hours=3)
BEFORE = SLOT - timedelta(days=3)

TERMS = {
    "hours_a_month": 6,
    "cover": "Dee.",
    "gives_back": "A talk.",
    "review_on": SLOT.date() + timedelta(days=90),
}
AGREEMENT_STEPS = {
    "AGREE": lambda it, by: agreements.agree(agreement=it, words="", by=by, at=BEFORE),
    "TALK_THROUGH": lambda it, by: agreements.talk_through(
        agreement=it, words="Mondays?", by=by, at=BEFORE
    ),
    "PROPOSE_AGAIN": lambda it, by: agreements.propose_again(
        agreement=it, **TERMS, by=by, at=BEFORE
    ),
    "END": lambda it, by: agreements.end(agreement=it, by=by, at=BEFORE),
}
TIME_STEPS = {
    "APPROVE": lambda it, by: time.approve(request=it, by=by, at=BEFORE),
    "DECLINE": lambda it, by: time.decline(
        request=it, ground="busy", words="Not then.", by=by, at=BEFORE
    ),
    "ASK_MORE": lambda it, by: time.ask_for_more(request=it, words="Who covers?", by=by, at=BEFORE),
    "ANSWER": lambda it, by: time.answer(request=it, answer="Dee.", cover="Dee", by=by, at=BEFORE),
    "WITHDRAW": lambda it, by: time.withdraw(request=it, by=by, at=BEFORE),
    "TAKE": lambda it, by: time.take(request=it, by=by, at=AFTER),
    "LOSE": lambda it, by: time.lose(request=it, by=by, at=AFTER),
}
MAY = {
    "AGREE": {"mo", "dee"},
    "TALK_THROUGH": {"mo", "dee"},
    "PROPOSE_AGAIN": {"ana"},
    "END": {"ana", "mo"},
    "APPROVE": {"mo", "dee"},
    "DECLINE": {"mo", "dee"},
    "ASK_MORE": {"mo", "dee"},
    "ANSWER": {"ana"},
    "WITHDRAW": {"ana"},
    "TAKE": {"ana"},
    "LOSE": {"ana"},
}
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def test_every_declared_step_has_an_action():
    steps.insist_on_all(ManagerAgreement, AGREEMENT_STEPS)
    steps.insist_on_all(TimeRequest, TIME_STEPS)


def test_every_state_can_be_reached():
    assert steps.reachable(ManagerAgreement, "proposed") == set(steps.states_of(ManagerAgreement))
    assert steps.reachable(TimeRequest, "requested") == set(steps.states_of(TimeRequest))


WALKS = [
    pytest.param(model, takers, make, name, id=f"{model.__name__}-{name}")
    for model, takers, make in (
        (ManagerAgreement, AGREEMENT_STEPS, make_agreement),
        (TimeRequest, TIME_STEPS, make_time),
    )
    for name in takers
]


@pytest.mark.parametrize(("model", "takers", "make", "name"), WALKS)
def test_the_step_from_every_state_by_everybody(model, takers, make, name, world):
    """One world, put back after each try."""
    walked = 0
    for case in steps.cases(model):
        for who in EVERYBODY if case.name == name else ():
            may, person = who in MAY[name], Person.objects.get(pk=getattr(world, who).pk)
            with transaction.atomic():
                steps.check(
                    case,
                    make=lambda state: make(world.ana, state=state),
                    take=lambda it, by=person: takers[name](it, by),
                    may=may,
                )
                assert Event.objects.exists() == (case.allowed and may), f"{case} by {who}"
                transaction.set_rollback(True)
            walked += 1
    assert walked == len(EVERYBODY) * len(steps.states_of(model))
