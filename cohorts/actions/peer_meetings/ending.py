"""Called off; and after the day: held, or not, and who was there."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace, Person
from cohorts.policy.peer_meetings import has_met, may_call_off, may_say_whether_held
from systemschangers.kernel import activity
from systemschangers.kernel.policy import no

from . import keeping, letters
from .keeping import locked, places_of, say

State, Place = PeerMeeting.State, PeerPlace.State


@transaction.atomic
def call_off(
    *, meeting: PeerMeeting, words: str, why: str = "", by: Person, at: datetime
) -> PeerMeeting:
    """It leaves everybody's calendar, and time that was asked for is withdrawn."""
    meeting = locked(meeting)
    may_call_off(by, meeting).require()
    if meeting.state == State.ARRANGED and meeting.has_begun(at):
        raise ValidationError("The meeting has begun. Say whether it was held.")
    arranged = meeting.state == State.ARRANGED
    meeting.call_off(by=by, at=at, why=why)
    places = places_of(meeting, Place.ASKED, Place.GOING, Place.WAITING)
    if arranged:
        meeting.calendar_sequence += 1
        going = [one for one in places if one.state == Place.GOING]
        letters.called_off(meeting, going, was_at=meeting.meets_at, at=at, words=words)
        for place in going:
            keeping.free_time(place, at=at)
            keeping.save(place)
    meeting.dates.all().delete()  # type: ignore[attr-defined]
    meeting.save()
    say(meeting, "called_off", by=by, at=at, words=words)
    hearers = keeping.people(places, but=by)
    activity.record(events.PEER_CALLED_OFF, actor=by, target=meeting, at=at, notify=hearers)
    return meeting


@transaction.atomic
def hold(*, meeting: PeerMeeting, by: Person, at: datetime) -> PeerMeeting:
    """They met. Approved time counts as taken. Also puts right a “did not happen” said too soon."""
    meeting = locked(meeting)
    may_say_whether_held(by, meeting).require()
    _has_passed(meeting, at)
    meeting.move(PeerMeeting.HOLD, at=at)
    meeting.save()
    places = places_of(meeting, Place.GOING)
    for place in places:
        keeping.time_taken(place, at=at)
    PeerPlace.objects.filter(meeting=meeting, state=Place.WAITING).update(
        state=Place.LEFT, since=at
    )
    say(meeting, "held", by=by, at=at)
    activity.record(
        events.PEER_HELD,
        actor=by,
        target=meeting,
        at=at,
        notify=keeping.people(places, but=by),
    )
    return meeting


@transaction.atomic
def miss(
    *, meeting: PeerMeeting, words: str, why: str = "", by: Person, at: datetime
) -> PeerMeeting:
    """They did not meet. Nobody is reminded of notes; approved time is each worker's to tell of."""
    meeting = locked(meeting)
    may_say_whether_held(by, meeting).require()
    _has_passed(meeting, at)
    if meeting.is_open and meeting.made_by_id != by.pk:
        no("Only whoever holds an open meeting says that it did not happen.").require()
    meeting.move(PeerMeeting.MISS, at=at, why=why)
    meeting.save()
    places = places_of(meeting, Place.GOING)
    for place in places:
        keeping.free_time(place, at=at, over=True)
        keeping.save(place)
    say(meeting, "missed", by=by, at=at, words=words)
    activity.record(
        events.PEER_MISSED,
        actor=by,
        target=meeting,
        at=at,
        notify=keeping.people(places, but=by),
    )
    return meeting


@transaction.atomic
def was_not_there(*, meeting: PeerMeeting, by: Person, at: datetime) -> PeerMeeting:
    """It was held without them: no note is waited for, and they read none of the others’.

    Raises ValidationError for who wrote a note of it, or when only one would be left."""
    meeting = locked(meeting)
    has_met(by, meeting).require()
    if ComparisonNote.objects.filter(meeting=meeting, author=by).exists():
        raise ValidationError("You wrote a note of this meeting, so you were there.")
    met = PeerPlace.objects.of_those_who_met().filter(meeting=meeting)
    if met.count() < 3:
        raise ValidationError("Then nobody met. Tell the other that it did not happen.")
    own = next(one for one in places_of(meeting, Place.GOING) if one.person_id == by.pk)
    own.absent = True
    keeping.free_time(own, at=at, over=True)
    keeping.save(own, "absent")
    activity.record(events.PEER_ABSENT, actor=by, target=meeting, at=at)
    return meeting


def _has_passed(meeting: PeerMeeting, at: datetime) -> None:
    """Only about a meeting whose hour has come. Other states are refused by their step."""
    if meeting.state == State.ARRANGED and meeting.meets_at and meeting.meets_at > at:
        raise ValidationError("The meeting is still to come. Say how it went once it is over.")
