"""Every step of places in a meeting, practices, borrowings, match rounds and promises: from every state, by
everybody in the cast. The steps are read from the models; nothing is picked by hand."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.actions import commitments, match_rounds
from cohorts.actions.peer_meetings import opening
from cohorts.models import Borrowing, Commitment, MatchRound, PeerMeeting, PeerPlace, Practice
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.leader_requests import make_commitment, make_leader, make_leader_request
from tests.factories.match_rounds import make_cohort_of, make_round
from tests.factories.peer_meetings import (
    make_borrowing,
    make_open_meeting,
    make_peer_meeting,
    make_practice,
)

from .test_practices import BORROWERS
from .test_practices import SHARED as SEND_OR_AGAIN
from .test_practices import TAKERS as PRACTICE_STEPS

CAST = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
Place = PeerPlace.State
ROUND_STEPS = {
    "CHANGE": lambda it, who, at: match_rounds.change(round=it, name="Other", by=who, at=at),
    "PREVIEW": lambda it, who, at: match_rounds.preview(round=it, by=who, at=at),
    "SEND": lambda it, who, at: match_rounds.send(round=it, by=who, at=at),
    "CALL_OFF": lambda it, who, at: match_rounds.call_off(round=it, by=who, at=at),
}


def walk(model, name, world, *, make, take, may, skip=()):
    """`name` from every state by everybody, each try undone. How many were tried."""
    tried = 0
    for case in (one for one in steps.cases(model) if one.name == name and one.state not in skip):
        with transaction.atomic():
            key, before = make(case.state).pk, Event.objects.count()
            for who in CAST:
                with transaction.atomic():
                    steps.check(
                        case,
                        make=lambda state, key=key: model.objects.get(pk=key),
                        take=lambda it, who=who: take(it, getattr(world, who)),
                        may=who in may,
                    )
                    happened = Event.objects.count() > before
                    assert happened == (case.allowed and who in may), f"{case} by {who}"
                    transaction.set_rollback(True)
                tried += 1
            transaction.set_rollback(True)
    return tried


@pytest.mark.parametrize("name", steps.steps_of(MatchRound))
def test_a_match_round_by_everybody(name, world, now):
    cohort = make_cohort_of(4, 4)
    steps.insist_on_all(MatchRound, ROUND_STEPS)
    tried = walk(
        MatchRound,
        name,
        world,
        make=lambda state: make_round(world.cas, now, state, cohort=cohort),
        take=lambda it, who: ROUND_STEPS[name](it, who, now),
        may={"cas"},
    )
    assert tried == len(CAST) * len(steps.states_of(MatchRound))


@pytest.mark.parametrize("name", steps.steps_of(Practice))
def test_a_practice_by_everybody(name, world, now):
    """Ana wrote it and agrees with it; Zed, whom she met, owns it with her."""
    met = make_peer_meeting(world.ana, world.zed, at=now, state=PeerMeeting.State.HELD)
    skip = {SEND_OR_AGAIN[name]} if name in SEND_OR_AGAIN else set()
    if name == "PUBLISH":
        tried = walk_publishing(world, now, met)
    else:
        tried = walk(
            Practice,
            name,
            world,
            make=lambda state: make_practice(met, world.ana, now, state=state),
            take=lambda it, who: PRACTICE_STEPS[name](it, who, now),
            may={"ana"} if name == "SEND" else {"ana", "zed"},
            skip=skip,
        )
    assert tried == len(CAST) * (len(steps.states_of(Practice)) - len(skip))


def walk_publishing(world, now, met):
    """Agreeing publishes once the last has agreed: Zed is the last, and Ana’s own yes stands already."""
    tried = 0
    for case in (case for case in steps.cases(Practice) if case.name == "PUBLISH"):
        for who in CAST:
            with transaction.atomic():
                it = make_practice(met, world.ana, now, state=case.state)
                person = getattr(world, who)
                if case.allowed and who in ("ana", "zed"):
                    PRACTICE_STEPS["PUBLISH"](it, person, now)
                    it.refresh_from_db()
                    assert it.state == (case.step.target if who == "zed" else case.state)
                else:
                    with pytest.raises((WrongState, Refused)), transaction.atomic():
                        PRACTICE_STEPS["PUBLISH"](it, person, now)
                    it.refresh_from_db()
                    assert it.state == case.state
                transaction.set_rollback(True)
            tried += 1
    return tried


@pytest.mark.parametrize("name", [name for name in steps.steps_of(Borrowing) if name != "BORROW"])
def test_a_borrowing_by_everybody(name, world, now):
    """Lee borrows; nobody else says how it went. (To borrow is everybody’s own: see test_practices.)"""
    met = make_peer_meeting(world.ana, world.zed, at=now, state=PeerMeeting.State.HELD)
    practice = make_practice(met, world.ana, now)
    tried = walk(
        Borrowing,
        name,
        world,
        make=lambda state: make_borrowing(practice, world.lee, now, state=state),
        take=lambda it, who: BORROWERS[name](it, who, now),
        may={"lee"},
    )
    assert tried == len(CAST) * len(steps.states_of(Borrowing))


# --- Places ---------------------------------------------------------------------------------------


def place_in(state, world, now):
    """Ana’s place in a meeting of Zed’s: one to one where she is asked or says no, open where she sits
    or waits. The two seats are Mo’s and Lee’s while she has none."""
    if state in (Place.ASKED, Place.DECLINED):
        own = PeerMeeting.State.DECLINED if state == Place.DECLINED else PeerMeeting.State.INVITED
        return make_peer_meeting(world.zed, world.ana, at=now, state=own).places.get(
            person=world.ana
        )
    before = [world.mo] if state == Place.GOING else [world.mo, world.lee]
    meeting = make_open_meeting(world.zed, *before, world.ana, at=now, seats=2)
    place = meeting.places.get(person=world.ana)
    if state == Place.LEFT:
        place.take(PeerPlace.LEAVE, at=now)
        place.save()
    return place


@pytest.mark.parametrize("case", steps.cases(PeerPlace), ids=str)
def test_a_place_takes_each_step_from_where_it_starts_alone(case, world, now):
    """All steps of a place, on the row itself: the meeting’s lock is the caller’s."""
    place = place_in(case.state, world, now)

    def take(it):
        if case.step.target == Place.GOING:  # so that only the state can say no
            PeerPlace.objects.filter(meeting=it.meeting, seat=it.meeting.seats).exclude(
                pk=it.pk
            ).delete()
        seats = it.meeting.seats
        it.take(case.step, at=now, seat=seats if case.step.target == Place.GOING else None)
        it.save()

    steps.check(case, make=lambda state: place, take=take)


TO_LEAVE, TO_SIT, TO_QUEUE = "LEAVE", "SIT_DOWN_AGAIN", "QUEUE_AGAIN"


@pytest.mark.parametrize("state", [Place.GOING, Place.WAITING, Place.LEFT])
@pytest.mark.parametrize("name", [TO_LEAVE, TO_SIT, TO_QUEUE])
def test_in_an_open_meeting_one_sits_queues_and_leaves_for_oneself(name, state, world, now):
    place, step = place_in(state, world, now), getattr(PeerPlace, name)
    if name == TO_SIT and state == Place.LEFT:
        opening.leave(meeting=place.meeting, by=world.lee, at=now)
    act = opening.leave if name == TO_LEAVE else opening.join
    if state in step.sources:
        act(meeting=place.meeting, by=world.ana, at=now)
        place.refresh_from_db()
        assert place.state == step.target
    else:
        with pytest.raises((Refused, WrongState)) as refused, transaction.atomic():
            act(meeting=place.meeting, by=world.ana, at=now)
        assert str(refused.value)
        place.refresh_from_db()
        assert place.state == state
    if name == TO_LEAVE:
        for who in ("dee", "cas", "ada"):  # they have no place to leave, and cannot leave hers
            with pytest.raises(Refused), transaction.atomic():
                opening.leave(meeting=place.meeting, by=getattr(world, who), at=now)


# --- Promises -------------------------------------------------------------------------------------


def test_how_a_promise_went_is_for_the_worker_to_say_from_any_to_any(world, now):
    """A promise has no way it must go: what was late is kept after all. Each of five to each of five."""
    request = make_leader_request(
        world.ana, make_leader(world.lee), world.mo, now, state="followed_up", meets_at=now
    )
    tried = 0
    for before in Commitment.State:
        at = None if before == "open" else now
        it = make_commitment(request, now, state=before, state_at=at)
        given = {"commitment": it, "words": "So.", "at": now}
        for who in (who for who in CAST if who != "ana"):
            with pytest.raises((Refused, ValidationError)), transaction.atomic():
                commitments.judge(by=getattr(world, who), state="kept", **given)
            assert Commitment.objects.get(pk=it.pk).state == before
            tried += 1
        for after in Commitment.State:
            with transaction.atomic():
                commitments.judge(by=world.ana, state=after, **given)
                done = Commitment.objects.get(pk=it.pk)
                assert (done.state, done.state_at is None) == (after, after == "open")
                transaction.set_rollback(True)
            tried += 1
    assert tried == 5 * (len(CAST) - 1 + 5)
