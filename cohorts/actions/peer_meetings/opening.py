"""Open meetings: held by somebody, with seats, and a waiting list that moves up by itself."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from cohorts import events
from cohorts.models import PeerMeeting, PeerPlace, Person
from cohorts.policy.peer_meetings import may_change, may_join, may_leave, place_of
from systemschangers.kernel import activity

from . import keeping, letters
from .inviting import FURTHEST
from .keeping import locked, places_of, say

Place = PeerPlace.State
SEATS = range(2, 201)
TOLD_ANEW = ("meets_at", "hours", "where", "link", "access_note")


@transaction.atomic
def open_meeting(
    *,
    question: str,
    meets_at: datetime,
    hours: Decimal,
    seats: int,
    where: str,
    link: str,
    access_note: str,
    by: Person,
    at: datetime,
) -> PeerMeeting:
    """Hold one. It is shown to everyone here at once; `seats` are besides that of whoever holds it."""
    _insist_sound(question, meets_at, seats, where, link, at)
    meeting = PeerMeeting.objects.create(
        kind=PeerMeeting.Kind.OPEN,
        state=PeerMeeting.State.ARRANGED,
        question=question,
        made_by=by,
        made_at=at,
        since=at,
        hours=hours,
        seats=seats,
        meets_at=meets_at,
        where=where,
        link=link,
        access_note=access_note,
        calendar_sequence=1,
    )
    place = keeping.add(meeting, by, at=at, turn=1, state=Place.GOING, seat=0)
    keeping.protect_time(meeting, place, at=at)
    keeping.save(place)
    say(meeting, "opened", by=by, at=at)
    activity.record(events.PEER_OPENED, actor=by, target=meeting, at=at)
    letters.arranged(meeting, [place], at=at)
    return meeting


@transaction.atomic
def change(
    *,
    meeting: PeerMeeting,
    question: str,
    meets_at: datetime,
    hours: Decimal,
    seats: int,
    where: str,
    link: str,
    access_note: str,
    by: Person,
    at: datetime,
) -> PeerMeeting:
    """Another day, room or number of seats. Who has a seat keeps it and gets a letter; more seats move
    the waiting list up. Raises ValidationError for fewer seats than are taken."""
    meeting = locked(meeting)
    may_change(by, meeting).require()
    keeping.insist(meeting, PeerMeeting.CALL_OFF)
    if meeting.has_begun(at):
        raise ValidationError("The meeting has begun. Say afterwards whether it was held.")
    _insist_sound(question, meets_at, seats, where, link, at)
    given = {"meets_at": meets_at, "hours": hours, "where": where, "link": link}
    given |= {"access_note": access_note, "question": question}
    moved = (meeting.meets_at, meeting.hours) != (meets_at, hours)
    anew = any(getattr(meeting, name) != given[name] for name in TOLD_ANEW)
    _sit_closer(meeting, seats)
    for name, value in given.items():
        setattr(meeting, name, value)
    meeting.seats = seats
    if anew:
        meeting.calendar_sequence += 1
        meeting.asked_whether_held_at = None
    meeting.save()
    places = places_of(meeting, Place.GOING)
    if moved:
        for place in places:
            keeping.free_time(place, at=at)
            keeping.protect_time(meeting, place, at=at)
            keeping.save(place)
    if anew:
        say(meeting, "changed", by=by, at=at)
        hearers = keeping.people(places_of(meeting, Place.GOING, Place.WAITING), but=by)
        activity.record(events.PEER_CHANGED, actor=by, target=meeting, at=at, notify=hearers)
        letters.arranged(meeting, places, at=at, changed=True)
    move_up(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def join(*, meeting: PeerMeeting, by: Person, at: datetime) -> PeerPlace:
    """A seat while there are any and nobody waits; else the end of the waiting list."""
    meeting = locked(meeting)
    may_join(by, meeting, at).require()
    seat = keeping.free_seat(meeting)
    place = place_of(by, meeting)
    turn = (meeting.places.aggregate(last=Max("turn"))["last"] or 0) + 1  # type: ignore[attr-defined]
    state = Place.GOING if seat is not None else Place.WAITING
    if place is None:
        place = keeping.add(meeting, by, at=at, turn=turn, state=state, seat=seat)
    else:
        again = PeerPlace.SIT_DOWN_AGAIN if seat is not None else PeerPlace.QUEUE_AGAIN
        place.take(again, at=at, seat=seat)
        place.turn = turn
        keeping.save(place)
    place.person = by
    if seat is None:
        say(meeting, "queued", by=by, at=at)
        activity.record(events.PEER_QUEUED, actor=by, target=meeting, at=at)
        return place
    say(meeting, "joined", by=by, at=at)
    hearers = [meeting.made_by] if meeting.made_by.is_active else []
    activity.record(events.PEER_JOINED, actor=by, target=meeting, at=at, notify=hearers)
    _seated(meeting, place, at)
    return place


@transaction.atomic
def leave(*, meeting: PeerMeeting, by: Person, at: datetime) -> PeerPlace:
    """Give up one's seat or one's place in the list. Whoever is next on the list moves up and is told."""
    meeting = locked(meeting)
    may_leave(by, meeting, at).require()
    place = next(one for one in places_of(meeting) if one.person_id == by.pk)
    had_seat = place.state == Place.GOING
    keeping.free_time(place, at=at)
    place.take(PeerPlace.LEAVE, at=at)
    keeping.save(place)
    say(meeting, "left", by=by, at=at)
    hearers = [meeting.made_by] if meeting.made_by.is_active else []
    if not meeting.is_open:
        hearers += keeping.people(places_of(meeting, Place.GOING), but=by)
    activity.record(events.PEER_LEFT, actor=by, target=meeting, at=at, notify=hearers)
    if had_seat:
        meeting.calendar_sequence += 1
        meeting.save(update_fields=["calendar_sequence"])
        letters.called_off(meeting, [place], was_at=meeting.meets_at, at=at, gave_up=True)
        move_up(meeting, by=by, at=at)
    return place


def move_up(meeting: PeerMeeting, *, by: Person, at: datetime) -> list[PeerPlace]:
    """Whoever waits longest takes each seat that is free, and hears of it. The meeting is locked."""
    moved: list[PeerPlace] = []
    if not meeting.is_open or meeting.state != PeerMeeting.State.ARRANGED or meeting.has_begun(at):
        return moved
    for place in places_of(meeting, Place.WAITING):
        seat = keeping.free_seat(meeting)
        if seat is None:
            break
        if not place.person.is_active:
            continue
        place.take(PeerPlace.MOVE_UP, at=at, seat=seat)
        keeping.save(place)
        activity.record(
            events.PEER_MOVED_UP, actor=by, target=meeting, at=at, notify=[place.person]
        )
        say(meeting, "moved_up", by=place.person, at=at)
        _seated(meeting, place, at)
        moved.append(place)
    return moved


def _seated(meeting: PeerMeeting, place: PeerPlace, at: datetime) -> None:
    """Time is asked for, and the meeting goes into their calendar: also of who had left it before, so
    its number rises."""
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["calendar_sequence"])
    keeping.protect_time(meeting, place, at=at)
    keeping.save(place)
    letters.arranged(meeting, [place], at=at)


def _sit_closer(meeting: PeerMeeting, seats: int) -> None:
    """Before seats are taken away: whoever sits on one of them takes a lower one that is free."""
    going = [one for one in places_of(meeting, Place.GOING) if one.seat]
    if len(going) > seats:
        raise ValidationError({"seats": f"{len(going)} seats are taken. Keep that many at least."})
    free = [seat for seat in range(1, seats + 1) if seat not in {one.seat for one in going}]
    for place in going:
        if place.seat is not None and place.seat > seats:
            place.seat = free.pop(0)
            keeping.save(place)


def _insist_sound(
    question: str, meets_at: datetime, seats: int, where: str, link: str, at: datetime
) -> None:
    if not question.strip():
        raise ValidationError({"question": "Say what you would like to compare."})
    if meets_at <= at:
        raise ValidationError("That time has passed. Choose one that is still to come.")
    if meets_at > at + FURTHEST:
        raise ValidationError("Choose a day within a year.")
    if seats not in SEATS:
        raise ValidationError({"seats": "An open meeting has from 2 to 200 seats."})
    if not (where.strip() or link.strip()):
        raise ValidationError("Say where it is: a room, or a link to the call.")
