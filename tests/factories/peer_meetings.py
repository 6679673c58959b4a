"""Meetings across services, notes, practices and borrowings, in whatever state a test needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cohorts.models import (
    Borrowing,
    ComparisonNote,
    PeerMeeting,
    PeerPlace,
    Person,
    Practice,
    PracticeOwner,
    ProposedDate,
)

State, Place = PeerMeeting.State, PeerPlace.State
DATED = {State.ARRANGED, State.HELD, State.DID_NOT_HAPPEN}
QUESTION = "How do you hold a bed for somebody in hospital?"


def make_peer_meeting(
    host: Person, *others: Person, at: datetime, state: str = State.INVITED, **fields: Any
) -> PeerMeeting:
    """Host invites others; dated ones are in a week, held ones were yesterday. `going` says whether the
    others have accepted already."""
    going = fields.pop("going", state in DATED)
    meets_at = at + timedelta(days=7) if state == State.ARRANGED else at - timedelta(days=1)
    given: dict[str, Any] = {
        "question": QUESTION,
        "made_by": host,
        "made_at": at - timedelta(days=8),
        "since": at - timedelta(days=8),
        "hours": Decimal(1),
        "seats": max(len(others), 1),
        "dates_by": host if state == State.DATES_PROPOSED else None,
        "meets_at": meets_at if state in DATED else None,
        "held_at": at if state == State.HELD else None,
        "called_off_at": at if state == State.CALLED_OFF else None,
        "called_off_by": host if state == State.CALLED_OFF else None,
        "calendar_sequence": 1 if state in DATED else 0,
    } | fields
    meeting = PeerMeeting.objects.create(state=state, **given)
    declined = state == State.DECLINED
    for turn, person in enumerate((host, *others), start=1):
        own = Place.GOING if turn == 1 or going else Place.DECLINED if declined else Place.ASKED
        PeerPlace.objects.create(
            meeting=meeting,
            person=person,
            state=own,
            seat=turn - 1 if own == Place.GOING else None,
            seats=meeting.seats,
            turn=turn,
            since=meeting.since,
        )
    if state == State.DATES_PROPOSED:
        for days in (5, 6, 7):
            ProposedDate.objects.create(meeting=meeting, starts_at=at + timedelta(days=days))
    return meeting


def make_open_meeting(
    host: Person, *going: Person, at: datetime, seats: int = 6, **fields: Any
) -> PeerMeeting:
    """In a week, online; those named have a seat, and those beyond the seats wait."""
    state = fields.pop("state", State.ARRANGED)
    own = {"kind": PeerMeeting.Kind.OPEN, "seats": seats, "where": "Room 2, Canal Street"}
    meeting = make_peer_meeting(host, at=at, state=state, **(own | fields))
    for turn, person in enumerate(going, start=1):
        waits = turn > seats
        PeerPlace.objects.create(
            meeting=meeting,
            person=person,
            state=Place.WAITING if waits else Place.GOING,
            seat=None if waits else turn,
            seats=seats,
            turn=turn + 1,
            since=at,
        )
    return meeting


def make_note(meeting: PeerMeeting, author: Person, at: datetime, **fields: Any) -> ComparisonNote:
    given = {
        "we_do": "We give the bed away after two nights.",
        "they_do": "They ring the ward each morning and hold it for five.",
        "will_try": "Ring the ward before we give a bed away.",
        "written_at": at,
        "changed_at": at,
    }
    return ComparisonNote.objects.create(meeting=meeting, author=author, **(given | fields))


def make_practice(meeting: PeerMeeting, made_by: Person, at: datetime, **fields: Any) -> Practice:
    """Of the maker's service; owned by all who had a seat, who have agreed once it is published."""
    state = fields.pop("state", Practice.State.PUBLISHED)
    post = made_by.posts.select_related("service").first()
    given: dict[str, Any] = {
        "title": "A call to the ward each morning",
        "what": "We ring the ward at nine and hold the bed for five nights.",
        "works_when": "The ward knows your name.",
        "fails_when": "At weekends.",
        "takes": "Ten minutes a day.",
        "service": post.service if post else None,
        "ask": made_by,
        "made_at": at,
        "changed_at": at,
        "published_at": at if state == Practice.State.PUBLISHED else None,
    } | fields
    practice = Practice.objects.create(meeting=meeting, made_by=made_by, state=state, **given)
    for place in meeting.places.going():
        agreed = state == Practice.State.PUBLISHED or place.person_id == made_by.pk
        PracticeOwner.objects.create(
            practice=practice, person=place.person, agreed_at=at if agreed else None
        )
    return practice


def make_borrowing(practice: Practice, person: Person, at: datetime, **fields: Any) -> Borrowing:
    state = fields.pop("state", Borrowing.State.BORROWING)
    told = state in (Borrowing.State.KEPT, Borrowing.State.ADAPTED, Borrowing.State.DROPPED)
    post = person.posts.select_related("service").first()
    given: dict[str, Any] = {
        "service": post.service if post else None,
        "since": at,
        "told_at": at if told else None,
        "words": "It fits us." if told else "",
    } | fields
    return Borrowing.objects.create(practice=practice, person=person, state=state, **given)


def peer_scene(world: Any, now: datetime) -> dict[str, int]:
    """For tests that walk every address: one of each thing, by the scene’s names."""
    asked = make_peer_meeting(world.ana, world.zed, at=now, state=State.DATES_PROPOSED)
    held = make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    note = make_note(held, world.ana, now - timedelta(days=30))
    make_note(held, world.zed, now, we_do="We ring.")
    practice = make_practice(held, world.ana, now)
    make_borrowing(practice, world.cas, now, state=Borrowing.State.WE_DO)
    return {
        "peer_meeting": asked.pk,
        "peer_held": held.pk,
        "open_meeting": make_open_meeting(world.mo, world.ana, world.zed, at=now, seats=2).pk,
        "peer_note": note.pk,
        "practice": practice.pk,
        "practice_draft": make_practice(held, world.ana, now, state=Practice.State.DRAFT).pk,
        "borrowing": make_borrowing(practice, world.lee, now, state=Borrowing.State.KEPT).pk,
    }
