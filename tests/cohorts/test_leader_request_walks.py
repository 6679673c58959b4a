"""Random walks over the life of leader requests: whatever is tried, in whatever order, by whomever,
what the domain promises holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cohorts.models import LeaderRequest, LeaderRequestWord, TimeRequest
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.policy import Refused
from tests.factories.leader_requests import make_leader, make_leader_request

from .test_leader_request_steps import CAST, TAKERS, insist

State = LeaderRequest.State
REFUSALS = (WrongState, Refused, ValidationError)


def walk_of(world, now):
    """The machine over this test’s world. Each walk is undone at its end."""

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            leader = make_leader(world.lee)
            self.at = now
            self.requests = [
                make_leader_request(world.ana, leader, world.mo, now, state=State.DRAFT)
                for _ in range(2)
            ]
            self.closed: set[int] = set()

        @rule(
            number=st.integers(0, 1),
            name=st.sampled_from(sorted(TAKERS)),
            who=st.sampled_from(CAST),
            hours=st.integers(0, 60),
        )
        def anybody_tries(self, number, name, who, hours):
            self._try(number, name, who, hours)

        @rule(number=st.integers(0, 1), choice=st.randoms(use_true_random=False))
        def somebody_carries_on(self, number, choice):
            """A step in turn by who may, so that walks get far."""
            it = LeaderRequest.objects.get(pk=self.requests[number].pk)
            ready = [
                name
                for name in sorted(TAKERS)
                if it.state in getattr(LeaderRequest, name).sources and name != "WITHDRAW"
            ]
            if ready:
                name = choice.choice(ready)
                self._try(number, name, choice.choice(sorted(TAKERS[name][1])), 1)

        def _try(self, number, name, who, hours):
            self.at += timedelta(hours=hours)
            it = LeaderRequest.objects.get(pk=self.requests[number].pk)
            words = LeaderRequestWord.objects.filter(request=it).count()
            try:
                with transaction.atomic():
                    TAKERS[name][0](it, getattr(world, who), self.at)
            except REFUSALS:
                again = LeaderRequest.objects.get(pk=it.pk)
                assert again.state == it.state
                assert LeaderRequestWord.objects.filter(request=it).count() == words
            else:
                again = LeaderRequest.objects.get(pk=it.pk)
                step = getattr(LeaderRequest, name)
                if name in ("ANSWER_LEADER", "ANSWER_MANAGER"):
                    step = next(
                        one
                        for one in (LeaderRequest.ANSWER_LEADER, LeaderRequest.ANSWER_MANAGER)
                        if it.state in one.sources
                    )
                assert it.state in step.sources
                assert again.state == step.target
                assert who in TAKERS[name][1] or again.worker == getattr(world, who)
                assert LeaderRequestWord.objects.filter(request=it).count() == words + 1

        @invariant()
        def what_is_promised_holds(self):
            for it in LeaderRequest.objects.all():
                insist_one(it)
                if it.pk in self.closed:
                    assert it.state == State.CLOSED
                if it.state == State.CLOSED:
                    self.closed.add(it.pk)
            approved = TimeRequest.objects.filter(state=TimeRequest.State.APPROVED).count()
            assert approved == LeaderRequest.objects.filter(state=State.ARRANGED).count()

        def teardown(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    return Walk


def insist_one(it: LeaderRequest) -> None:
    insist(it)
    decided = it.manager_decided_at is not None
    assert decided == (it.manager_decided_by_id is not None)
    if it.reached_leader_at is None:
        assert it.state in (
            State.DRAFT,
            State.AWAITING_MANAGER,
            State.MANAGER_ASKS,
            State.DECLINED_BY_MANAGER,
            State.SECOND_LOOK,
            State.WITHDRAWN,
        )
    else:
        assert decided


@pytest.mark.django_db
def test_random_walks_keep_every_promise(world, now):
    run_state_machine_as_test(
        walk_of(world, now),
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
