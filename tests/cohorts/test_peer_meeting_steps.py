"""Every declared step of a meeting across services from every state, and by everybody in the cast; and
random walks over its life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cohorts.actions.peer_meetings import ending, inviting
from cohorts.models import PeerMeeting, PeerPlace, TimeRequest
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.peer_meetings import make_peer_meeting
from tests.factories.time import make_agreement

State, Place = PeerMeeting.State, PeerPlace.State
CAST = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
REFUSALS = (WrongState, Refused, ValidationError)
BOTH = {"ana", "zed"}


def propose(it, who, at):
    dates = [at + timedelta(days=10), at + timedelta(days=11)]
    return inviting.propose_dates(meeting=it, dates=dates, by=who, at=at)


def answer(it, who, at):
    return inviting.answer_dates(meeting=it, dates=list(it.dates.all()[:1]), by=who, at=at)


def after(it, at):
    return max(at, it.meets_at or at) + timedelta(hours=2)


# Each step: how it is taken, and who may. Ana invited, so her dates are on the table and Zed answers.
TAKERS = {
    "PROPOSE_DATES": (propose, BOTH),
    "NONE_FITS": (
        lambda it, who, at: inviting.none_fits(meeting=it, words="June?", by=who, at=at),
        {"zed"},
    ),
    "ARRANGE": (answer, {"zed"}),
    "MOVE": (lambda it, who, at: inviting.move(meeting=it, words="Ill.", by=who, at=at), BOTH),
    "DECLINE": (lambda it, who, at: inviting.decline(meeting=it, words="", by=who, at=at), BOTH),
    "CALL_OFF": (lambda it, who, at: ending.call_off(meeting=it, words="", by=who, at=at), BOTH),
    "HOLD": (lambda it, who, at: ending.hold(meeting=it, by=who, at=after(it, at)), BOTH),
    "MISS": (lambda it, who, at: ending.miss(meeting=it, words="", by=who, at=after(it, at)), BOTH),
    "TRY_AGAIN": (
        lambda it, who, at: inviting.try_again(meeting=it, words="", by=who, at=at),
        BOTH,
    ),
}


@pytest.fixture
def make(world, now):
    make_agreement(world.ana)
    return lambda state: make_peer_meeting(world.ana, world.zed, at=now, state=state)


def undone(check):
    """Run `check` and put the world back, since building it for each case is most of the time."""
    with transaction.atomic():
        check()
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(TAKERS))
def test_each_step_from_each_state(name, world, make, now):
    take = TAKERS[name][0]
    for case in (case for case in steps.cases(PeerMeeting) if case.name == name):
        undone(
            lambda case=case: insist(
                steps.check(case, make=make, take=lambda it: take(it, world.zed, now))
            )
        )


@pytest.mark.parametrize("name", sorted(TAKERS))
def test_who_may_take_each_step(name, world, make, now):
    take, allowed = TAKERS[name]
    step = getattr(PeerMeeting, name)
    state = min(step.sources)

    def tried_by(who):
        it = make(state)
        if who in allowed:
            take(it, getattr(world, who), now)
            it.refresh_from_db()
            assert it.state == step.target
        else:
            with pytest.raises(Refused) as refused, transaction.atomic():
                take(it, getattr(world, who), now)
            assert str(refused.value)

    for who in CAST:
        undone(lambda who=who: tried_by(who))


def test_every_step_has_an_action():
    steps.insist_on_all(PeerMeeting, TAKERS)


def test_every_state_can_be_reached_from_an_invitation():
    assert steps.reachable(PeerMeeting, State.INVITED) == set(steps.states_of(PeerMeeting))


def test_every_state_of_a_place_is_reached_and_none_by_another_way():
    reached = steps.reachable(PeerPlace, Place.ASKED) | {Place.WAITING}
    assert reached == set(steps.states_of(PeerPlace))


def insist(it: PeerMeeting) -> None:
    """What holds of a meeting in every state."""
    it = PeerMeeting.objects.get(pk=it.pk)
    places = list(it.places.select_related("time_request"))
    assert len({place.person_id for place in places}) == len(places)
    seats = [place.seat for place in places if place.state == Place.GOING]
    assert None not in seats
    assert len(set(seats)) == len(seats)
    assert all(seat <= it.seats for seat in seats)
    assert all(place.seats == it.seats for place in places)
    assert it.dates.exists() == (it.state == State.DATES_PROPOSED)
    times = [place.time_request for place in places if place.time_request]
    if it.state == State.ARRANGED:
        assert len(seats) > 1
        assert all(time.starts_at == it.meets_at for time in times)
        assert all(time.state in ("requested", "approved") for time in times)
    elif it.state != State.HELD:
        assert times == []
    if it.state in (State.INVITED, State.DATES_PROPOSED, State.CALLED_OFF, State.DECLINED):
        asked = TimeRequest.objects.filter(purpose="peer_meeting", peer_place=None)
        assert not asked.filter(state__in=["requested", "more_asked"]).exists()


def walk_of(world, now):
    """The machine over this test’s world: a pair and a trio. Each walk is undone at its end."""

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            make_agreement(world.ana)
            self.at = now
            trio = inviting.pair_up(
                people=[world.ana, world.zed, world.lee], question="How?", by=world.cas, at=now
            )
            self.meetings = [make_peer_meeting(world.ana, world.zed, at=now), trio]
            self.over: set[int] = set()

        @rule(
            number=st.integers(0, 1),
            name=st.sampled_from(sorted(TAKERS)),
            who=st.sampled_from(("ana", "zed", "lee", "cas", "mo")),
            hours=st.integers(0, 60),
        )
        def anybody_tries(self, number, name, who, hours):
            self.at += timedelta(hours=hours)
            it = PeerMeeting.objects.get(pk=self.meetings[number].pk)
            said = it.words.count()
            try:
                with transaction.atomic():
                    TAKERS[name][0](it, getattr(world, who), self.at)
            except REFUSALS:
                assert PeerMeeting.objects.get(pk=it.pk).state == it.state
                assert it.words.count() == said
            else:
                assert it.state in getattr(PeerMeeting, name).sources
                assert it.words.count() == said + 1

        @rule(number=st.integers(0, 1))
        def it_goes_well(self, number):
            """So that walks get far: dates, answers, and they meet."""
            it = PeerMeeting.objects.get(pk=self.meetings[number].pk)
            for place in it.places.filter(state__in=[Place.ASKED, Place.GOING]):
                it.refresh_from_db()
                if it.state == State.INVITED:
                    propose(it, place.person, self.at)
                elif it.dates_by_id not in (None, place.person_id) and self._to_come(it):
                    answer(it, place.person, self.at)

        def _to_come(self, it):
            return min(date.starts_at for date in it.dates.all()) > self.at

        @invariant()
        def what_is_promised_holds(self):
            for it in PeerMeeting.objects.all():
                insist(it)
                if it.pk in self.over:
                    assert it.state in (State.CALLED_OFF, State.DECLINED, State.HELD)
                if it.state in (State.CALLED_OFF, State.DECLINED, State.HELD):
                    self.over.add(it.pk)

        def teardown(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    return Walk


@pytest.mark.django_db
def test_random_walks_keep_every_promise(world, now):
    run_state_machine_as_test(
        walk_of(world, now),
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
