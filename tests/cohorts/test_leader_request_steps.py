"""Every declared step of a leader request from every state, and by everybody in the cast."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.actions.leader_requests import answering, asking, deciding, meeting
from cohorts.models import LeaderRequest, TimeRequest
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.leader_requests import make_leader, make_leader_request

State = LeaderRequest.State
CAST = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def offer(it, who, at):
    dates = [at + timedelta(days=10), at + timedelta(days=11)]
    return answering.offer_dates(request=it, dates=dates, where="", words="", by=who, at=at)


def pick(it, who, at):
    date = it.offered_dates.first()
    if date is None:  # of another request, so that only the state can say no first
        other = make_leader_request(
            it.worker, make_leader(), it.manager, at, state=State.DATES_OFFERED
        )
        date = other.offered_dates.first()
    return asking.pick(request=it, date=date, by=who, at=at)


def point(it, who, at):
    return answering.point_to(request=it, leader=make_leader(), words="", by=who, at=at)


def after(it, at):
    """A moment when an arranged meeting is over."""
    return max(at, it.meets_at or at) + timedelta(hours=3)


def follow_up(it, who, at):
    return meeting.follow_up(request=it, notes="We spoke.", promises=[], by=who, at=at)


# Each step: how it is taken, and who may take it.
WORKER, MANAGER, LEADER = {"ana"}, {"mo", "dee"}, {"lee"}
TAKERS = {
    "SEND": (lambda it, who, at: asking.send(request=it, by=who, at=at), WORKER),
    "APPROVE": (lambda it, who, at: deciding.approve(request=it, words="", by=who, at=at), MANAGER),
    "MANAGER_ASK": (
        lambda it, who, at: deciding.ask(request=it, words="Why?", by=who, at=at),
        MANAGER,
    ),
    "ANSWER_MANAGER": (
        lambda it, who, at: asking.answer(request=it, words="So.", by=who, at=at),
        WORKER,
    ),
    "DECLINE_AS_MANAGER": (
        lambda it, who, at: deciding.decline(
            request=it, ground="cover", words="No.", by=who, at=at
        ),
        MANAGER,
    ),
    "ASK_SECOND_LOOK": (
        lambda it, who, at: asking.ask_second_look(request=it, words="Look.", by=who, at=at),
        WORKER,
    ),
    "APPROVE_ON_SECOND_LOOK": (
        lambda it, who, at: deciding.approve_on_second_look(
            request=it, words="Yes.", by=who, at=at
        ),
        {"cas"},
    ),
    "UPHOLD_DECLINE": (
        lambda it, who, at: deciding.uphold(request=it, words="No.", by=who, at=at),
        {"cas"},
    ),
    "LEADER_ASK": (
        lambda it, who, at: answering.ask(request=it, words="Who?", by=who, at=at),
        LEADER,
    ),
    "ANSWER_LEADER": (
        lambda it, who, at: asking.answer(request=it, words="We.", by=who, at=at),
        WORKER,
    ),
    "OFFER_DATES": (offer, LEADER),
    "DECLINE_AS_LEADER": (
        lambda it, who, at: answering.decline(request=it, words="No.", by=who, at=at),
        LEADER,
    ),
    "POINT_TO_ANOTHER": (point, LEADER),
    "NO_DATE_FITS": (
        lambda it, who, at: asking.none_fits(request=it, words="June?", by=who, at=at),
        WORKER,
    ),
    "ARRANGE": (pick, WORKER),
    "REARRANGE": (
        lambda it, who, at: answering.rearrange(request=it, words="Ill.", by=who, at=at),
        WORKER | LEADER,
    ),
    "HOLD": (
        lambda it, who, at: meeting.hold(request=it, by=who, at=after(it, at)),
        WORKER | LEADER,
    ),
    "MISS": (
        lambda it, who, at: meeting.miss(request=it, words="", by=who, at=after(it, at)),
        WORKER | LEADER,
    ),
    "TRY_AGAIN": (
        lambda it, who, at: meeting.try_again(request=it, words="", by=who, at=at),
        WORKER,
    ),
    "FOLLOW_UP": (follow_up, WORKER),
    "CLOSE": (
        lambda it, who, at: meeting.close(request=it, verdict="heard", words="", by=who, at=at),
        WORKER,
    ),
    "WITHDRAW": (
        lambda it, who, at: asking.withdraw(request=it, words="", by=who, at=at),
        WORKER,
    ),
}
# One action answers both sides, by the state: each is walked from the states of its own.
SHARED = {"ANSWER_MANAGER": State.LEADER_ASKS, "ANSWER_LEADER": State.MANAGER_ASKS}
CASES = [case for case in steps.cases(LeaderRequest) if SHARED.get(case.name) != case.state]


@pytest.fixture
def make(world, now):
    leader = make_leader(world.lee)

    def in_state(state):
        return make_leader_request(world.ana, leader, world.mo, now, state=state)

    return in_state


def by(world, name):
    """Somebody who may take the step, the first by name."""
    return getattr(world, min(TAKERS[name][1]))


def undone(check):
    """Run `check` and put the world back, since building it for each case is most of the time."""
    with transaction.atomic():
        check()
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(TAKERS))
def test_each_step_from_each_state(name, world, make, now):
    take, who = TAKERS[name][0], by(world, name)
    for case in (case for case in CASES if case.name == name):
        undone(
            lambda case=case: insist(
                steps.check(case, make=make, take=lambda it: take(it, who, now))
            )
        )


@pytest.mark.parametrize("name", sorted(TAKERS))
def test_who_may_take_each_step(name, world, make, now):
    take, allowed = TAKERS[name]
    step = getattr(LeaderRequest, name)

    def tried_by(who):
        it = make(min(step.sources))
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
    steps.insist_on_all(LeaderRequest, TAKERS)


def test_every_state_can_be_reached_from_a_draft():
    assert steps.reachable(LeaderRequest, State.DRAFT) == set(steps.states_of(LeaderRequest))


def insist(it: LeaderRequest) -> None:
    """What holds of a request in every state."""
    assert it.worker_id not in (it.manager_decided_by_id, it.second_look_by_id)
    slot = it.time_request
    if it.state == State.ARRANGED:
        assert slot is not None
        assert slot.state == TimeRequest.State.APPROVED
        assert slot.starts_at == it.meets_at
    elif it.state in (State.HELD, State.FOLLOWED_UP, State.CLOSED):
        assert slot is not None
        assert slot.state == TimeRequest.State.TAKEN
    else:
        assert slot is None
    kept = TimeRequest.objects.filter(worker=it.worker, state=TimeRequest.State.APPROVED)
    others = LeaderRequest.objects.filter(state=State.ARRANGED).exclude(pk=it.pk)
    assert set(kept.values_list("pk", flat=True)) - set(
        others.values_list("time_request", flat=True)
    ) == ({slot.pk} if it.state == State.ARRANGED else set())
    if it.state != State.DATES_OFFERED and it.state != State.ARRANGED:
        assert it.state in (State.HELD, State.FOLLOWED_UP, State.CLOSED, State.DID_NOT_HAPPEN) or (
            not it.offered_dates.exists()
        )


def test_a_deputy_who_is_the_worker_decides_nothing_of_their_own(world, make, now):
    from cohorts.models import Deputyship

    Deputyship.objects.filter(person=world.mo).delete()
    Deputyship.objects.create(person=world.mo, deputy=world.ana, starts=now.date(), ends=now.date())
    with pytest.raises(Refused, match="their own"):
        deciding.approve(request=make(State.AWAITING_MANAGER), words="", by=world.ana, at=now)


def test_a_deputys_decision_shows_both_names(world, make, now):
    from cohorts.leader_standing import history

    it = deciding.approve(request=make(State.AWAITING_MANAGER), words="Go.", by=world.dee, at=now)
    assert history(it)[-1]["who"] == "Dee Hughes"
    assert "deputy, for Mo Rahman" in history(it)[-1]["what"]


def test_a_decline_needs_a_ground_and_words(world, make, now):
    it = make(State.AWAITING_MANAGER)
    for ground, words in (("", "No."), ("cover", " ")):
        with pytest.raises(ValidationError):
            deciding.decline(request=it, ground=ground, words=words, by=world.mo, at=now)


def test_there_is_one_second_look(world, make, now):
    it = make(State.SECOND_LOOK)
    deciding.uphold(request=it, words="Not now.", by=world.cas, at=now)
    with pytest.raises(Refused, match="already"):
        asking.ask_second_look(request=it, words="Again.", by=world.ana, at=now)
