"""Every step of a barrier and of a decision handed down, from every state, by everybody; and random
walks, after which what the domain promises still holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cohorts.models import Person
from labs.actions import handed_decisions
from labs.actions.barriers import answering, confirming, in_labs, tidying
from labs.models import Barrier, BarrierWord, HandedDecision
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.barriers import hand_down, make_barrier
from tests.factories.leader_requests import make_leader

S = Barrier.State
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def into(it):
    """The one that stands: the oldest, but for the one that is to be merged."""
    return Barrier.objects.exclude(pk=it.pk).filter(what="The one that stands.").get()


TAKERS = {
    "LOOK": (lambda it, by, at: answering.look(barrier=it, by=by, at=at), {"lee"}),
    "PROMISE": (
        lambda it, by, at: answering.promise(
            barrier=it, words="A box for it.", due_on=(at + timedelta(days=9)).date(), by=by, at=at
        ),
        {"lee"},
    ),
    "SAY_CANNOT": (
        lambda it, by, at: answering.say_cannot(barrier=it, words="The law.", by=by, at=at),
        {"lee"},
    ),
    "SAY_CHANGED": (lambda it, by, at: answering.say_changed(barrier=it, by=by, at=at), {"lee"}),
    "CONFIRM": (lambda it, by, at: confirming.confirm(barrier=it, by=by, at=at), {"ana"}),
    "REOPEN": (
        lambda it, by, at: confirming.reopen(barrier=it, words="As before.", by=by, at=at),
        {"ana"},
    ),
    "PICK_UP": (lambda it, by, at: in_labs.pick_up(barrier=it, by=by, at=at), {"cas"}),
    "PUT_DOWN": (lambda it, by, at: in_labs.put_down(barrier=it, by=by, at=at), {"cas"}),
    "MERGE": (lambda it, by, at: tidying.merge(barrier=it, into=into(it), by=by, at=at), {"cas"}),
    "UNMERGE": (lambda it, by, at: tidying.unmerge(barrier=it, by=by, at=at), {"cas"}),
    "PUT_ASIDE": (
        lambda it, by, at: tidying.set_aside(barrier=it, words="A name.", by=by, at=at),
        {"cas"},
    ),
    "PUT_BACK": (lambda it, by, at: tidying.put_back(barrier=it, by=by, at=at), {"cas"}),
}


def looked_at_before(it, by, at):
    Barrier.objects.filter(pk=it.pk, state=S.DUPLICATE).update(before_merge="looking")
    return tidying.unmerge(barrier=it, by=by, at=at)


ALL = TAKERS | {"UNMERGE_TO_LOOKING": (looked_at_before, {"cas"})}


@pytest.fixture
def make(world):
    leader = make_leader(world.lee)
    make_barrier(world.zed, "The one that stands.")
    return lambda state: make_barrier(world.ana, state=state, leader=leader)


def test_every_declared_step_has_an_action():
    steps.insist_on_all(Barrier, ALL)
    steps.insist_on_all(HandedDecision, ["TAKE_BACK"])


def test_every_state_can_be_reached():
    assert steps.reachable(Barrier, "raised") == set(steps.states_of(Barrier))


def test_every_state_has_one_kind(world):
    for state in S.values:
        barrier = make_barrier(world.ana, state=state)
        kind = Barrier.objects.values_list("kind", flat=True).get(pk=barrier.pk)
        assert barrier.kind_words == Barrier.KINDS[kind]
        assert (state in Barrier.OPEN) + (state in Barrier.CLOSED) + (state == S.FIXED) == 1


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_step_from_every_state_by_everybody(name, world, make, now):
    take, may = ALL[name]
    walked = 0
    for case in (case for case in steps.cases(Barrier) if case.name == name):
        for who in EVERYBODY:
            person = Person.objects.get(pk=getattr(world, who).pk)
            with transaction.atomic():
                steps.check(
                    case,
                    make=make,
                    take=lambda it, by=person: take(it, by, now),
                    may=who in may,
                )
                acted = case.allowed and who in may
                assert Event.objects.exists() == acted, f"{case} by {who}"
                assert BarrierWord.objects.exists() == acted
                transaction.set_rollback(True)
            walked += 1
    assert walked == len(EVERYBODY) * len(S.values)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_decision_is_taken_back_by_who_handed_it_down_once(who, world, now):
    handed = hand_down(make_barrier(world.ana), make_leader(world.lee), world.outreach)
    for case in steps.cases(HandedDecision):
        if case.state == "in_force":
            with transaction.atomic():
                steps.check(
                    case,
                    make=lambda state: handed,
                    take=lambda it: handed_decisions.take_back(
                        handed=it, words="The money is spent.", by=getattr(world, who), at=now
                    ),
                    may=who == "lee",
                )
    if who == "lee":
        with pytest.raises(WrongState):
            handed_decisions.take_back(handed=handed, words="Again.", by=world.lee, at=now)


def walk_of(world, now):
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            leader = make_leader(world.lee)
            make_barrier(world.zed, "The one that stands.")
            self.at = now
            self.barriers = [make_barrier(world.ana, leader=leader) for _ in range(2)]
            self.said: dict[int, int] = {}

        @rule(
            number=st.integers(0, 1),
            name=st.sampled_from(sorted(TAKERS)),
            who=st.sampled_from(EVERYBODY),
            days=st.integers(0, 40),
        )
        def anybody_tries(self, number, name, who, days):
            self._try(number, name, who, days)

        @rule(number=st.integers(0, 1), choice=st.randoms(use_true_random=False))
        def somebody_carries_on(self, number, choice):
            it = Barrier.objects.get(pk=self.barriers[number].pk)
            ready = [name for name in sorted(TAKERS) if it.state in getattr(Barrier, name).sources]
            if ready:
                name = choice.choice(ready)
                self._try(number, name, min(TAKERS[name][1]), choice.randint(0, 30))

        @rule()
        def the_schedule_runs(self):
            confirming.ask_whether_fixed(at=self.at)
            confirming.remind_holders(at=self.at)

        def _try(self, number, name, who, days):
            self.at += timedelta(days=days)
            it = Barrier.objects.get(pk=self.barriers[number].pk)
            words = BarrierWord.objects.filter(barrier=it).count()
            try:
                with transaction.atomic():
                    TAKERS[name][0](it, getattr(world, who), self.at)
            except (WrongState, Refused, ValidationError):
                assert Barrier.objects.get(pk=it.pk).state == it.state
                assert BarrierWord.objects.filter(barrier=it).count() == words
            else:
                again = Barrier.objects.get(pk=it.pk)
                step = getattr(Barrier, name)
                assert it.state in step.sources
                assert again.state == step.target or (
                    name == "UNMERGE" and again.state == it.before_merge
                )
                assert who in TAKERS[name][1]
                assert BarrierWord.objects.filter(barrier=it).count() == words + 1

        @invariant()
        def what_is_promised_holds(self):
            for it in Barrier.objects.filter(pk__in=[one.pk for one in self.barriers]):
                steps_taken = list(it.words.values_list("step", flat=True))
                if it.state == S.FIXED:
                    assert steps_taken[-1] == "confirmed"
                    assert "asked" in steps_taken
                    assert it.asked_on - it.changed_on >= timedelta(weeks=4)
                assert (it.state == S.DUPLICATE) == (it.duplicate_of_id is not None)
                assert (it.state == S.PROMISED) <= (it.due_on is not None)
                if it.state in (S.CANNOT, S.LOOKING, S.CHANGED):
                    assert it.due_on is None

        def teardown(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    return Walk


@pytest.mark.django_db
def test_random_walks_keep_every_promise(world, now):
    run_state_machine_as_test(
        walk_of(world, now),
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
