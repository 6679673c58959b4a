"""Every step of a place in a cohort, from every state, by whoever may and by whoever may not."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from cohorts.actions import applications, memberships
from cohorts.actions import manager_agreements as agreements
from cohorts.models import ManagerAgreement, Membership, Person
from systemschangers.kernel.models import Event
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.conftest import NOW
from tests.factories.memberships import let_stand, make_member

EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
TAKERS = {
    "SAY_YES": lambda it, by: memberships.say_yes(membership=it, by=by, at=NOW),
    "APPLY": lambda it, by: applications.apply(cohort=it.cohort, why="To see more.", by=by, at=NOW),
    "ACCEPT": lambda it, by: applications.accept(membership=it, by=by, at=NOW),
    "TURN_DOWN": lambda it, by: applications.turn_down(
        membership=it, words="The next one would suit you.", by=by, at=NOW
    ),
    "ACTIVATE": lambda it, by: memberships.make_active(membership=it, by=by, at=NOW),
    "PAUSE": lambda it, by: memberships.pause(membership=it, by=by, at=NOW),
    "RESUME": lambda it, by: memberships.resume(membership=it, by=by, at=NOW),
    "FINISH": lambda it, by: memberships.finish(membership=it, by=by, at=NOW),
    "WITHDRAW": lambda it, by: memberships.withdraw(membership=it, by=by, at=NOW),
    "ASK_AGAIN": lambda it, by: memberships.ask_again(membership=it, by=by, at=NOW),
    "ADD": lambda it, by: memberships.add(
        cohort=it.cohort, person=it.person, role="participant", by=by, at=NOW
    ),
}
MAY = {
    "SAY_YES": {"ana"},
    "APPLY": {"ana"},
    "ACCEPT": {"cas"},
    "TURN_DOWN": {"cas"},
    "ACTIVATE": {"cas"},
    "PAUSE": {"ana", "cas"},
    "RESUME": {"ana", "cas"},
    "FINISH": {"cas"},
    "WITHDRAW": {"ana", "cas"},
    "ASK_AGAIN": {"cas"},
    "ADD": {"cas", "ada"},
}
NEEDS_AGREEMENT = {"ACTIVATE", "RESUME"}


@pytest.fixture
def place(world):
    """Ana's place in a state, in a cohort that is open; with an agreement or without."""
    world.cohort.applications_close_on = NOW.date() + timedelta(days=20)
    world.cohort.save()

    def make(state: str, agreed: bool) -> Membership:
        ManagerAgreement.objects.filter(worker=world.ana).delete()
        if agreed:
            let_stand(world.ana, world.mo)
        return make_member(world.cohort, world.ana, state, manager=world.mo)

    return make


def test_every_declared_step_has_an_action():
    steps.insist_on_all(Membership, TAKERS, without=["LOSE_AGREEMENT"])


def test_every_state_can_be_reached_from_being_asked_and_from_applying():
    everything = set(steps.states_of(Membership))
    assert steps.reachable(Membership, "invited") == everything
    assert steps.reachable(Membership, "applied") == everything


@pytest.mark.parametrize("name", TAKERS)
def test_the_step_from_every_state_by_everybody(name, world, place):
    """One world, put back after each try. Nobody can apply for somebody else: there is no way to say so."""
    who_try = ("ana",) if name == "APPLY" else EVERYBODY
    walked = 0
    for case in steps.cases(Membership):
        for who in who_try if case.name == name else ():
            may, person = who in MAY[name], Person.objects.get(pk=getattr(world, who).pk)
            with transaction.atomic():
                steps.check(
                    case,
                    make=lambda state: place(state, name in NEEDS_AGREEMENT),
                    take=lambda it, by=person: TAKERS[name](it, by),
                    may=may,
                )
                assert Event.objects.exists() == (case.allowed and may), f"{case} by {who}"
                transaction.set_rollback(True)
            walked += 1
    assert walked == len(who_try) * len(steps.states_of(Membership))


@pytest.mark.parametrize("state", steps.states_of(Membership))
def test_an_agreement_that_ends_moves_only_the_place_that_was_active(state, world, place):
    """LOSE_AGREEMENT is nobody's step by itself: it goes with the agreement, whoever of the two ends it."""
    for who in EVERYBODY:
        person = Person.objects.get(pk=getattr(world, who).pk)
        with transaction.atomic():
            membership = place(state, agreed=True)
            agreement = ManagerAgreement.objects.get(worker=world.ana)
            if who in ("ana", "mo"):
                agreements.end(agreement=agreement, by=person, at=NOW)
                after = "awaiting_manager" if state == "active" else state
            else:
                with pytest.raises(Refused):
                    agreements.end(agreement=agreement, by=person, at=NOW)
                after = state
            membership.refresh_from_db()
            assert membership.state == after, who
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", steps.states_of(Membership))
def test_an_agreement_that_is_agreed_moves_only_the_place_that_waits(state, world, place):
    for who in EVERYBODY:
        person = Person.objects.get(pk=getattr(world, who).pk)
        with transaction.atomic():
            membership = place("paused" if state == "active" else state, agreed=False)
            proposal = agreements.propose(
                hours_a_month=6,
                cover="Dee.",
                gives_back="A talk.",
                review_on=date(2026, 9, 30),
                by=world.ana,
                at=NOW,
            )
            before = membership.state
            if who in ("mo", "dee"):
                agreements.agree(agreement=proposal, words="", by=person, at=NOW)
                after = "active" if before == "awaiting_manager" else before
            else:
                with pytest.raises(Refused):
                    agreements.agree(agreement=proposal, words="", by=person, at=NOW)
                after = before
            membership.refresh_from_db()
            assert membership.state == after, who
            transaction.set_rollback(True)
