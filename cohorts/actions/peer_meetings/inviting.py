"""Two or three find a date: invited or paired, dates proposed and answered, moved, declined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.models import PeerMeeting, PeerPlace, Person, ProposedDate
from cohorts.policy.peer_meetings import may_answer_dates, may_invite, may_take_part
from systemschangers.kernel import activity

from . import keeping, letters
from .keeping import locked, places_of, say

Kind, State, Place = PeerMeeting.Kind, PeerMeeting.State, PeerPlace.State
HOURS = {Kind.ONE_TO_ONE: Decimal(1), Kind.VISIT: Decimal("3.5")}
FURTHEST = timedelta(days=366)
MOST_DATES = 6


@transaction.atomic
def invite(
    *,
    person: Person,
    question: str,
    by: Person,
    at: datetime,
    kind: str = Kind.ONE_TO_ONE,
    hours: Decimal | None = None,
    dates: Sequence[datetime] = (),
    where: str = "",
    link: str = "",
    access_note: str = "",
    words: str = "",
) -> PeerMeeting:
    """Ask `person` to compare notes, or to be shadowed; with dates to choose from, or without yet.

    Raises Refused for who does not want to meet, ValidationError for dates that can't be."""
    may_invite(by, person).require()
    if kind not in HOURS:
        raise ValidationError("Choose one to one, or a shadowing visit.")
    if not question.strip():
        raise ValidationError({"question": "Say what you would like to compare."})
    meeting = PeerMeeting.objects.create(
        kind=kind,
        question=question,
        made_by=by,
        made_at=at,
        since=at,
        hours=hours or HOURS[Kind(kind)],
        seats=1,
        where=where,
        link=link,
        access_note=access_note,
    )
    keeping.add(meeting, by, at=at, turn=1, state=Place.GOING, seat=0)
    keeping.add(meeting, person, at=at, turn=2, state=Place.ASKED, seat=None)
    if dates:
        _put_on_the_table(meeting, dates, by, at)
    say(meeting, "invited", by=by, at=at, words=words)
    activity.record(events.PEER_INVITED, actor=by, target=meeting, at=at, notify=[person])
    return meeting


@transaction.atomic
def pair_up(
    *, people: list[Person], question: str, by: Person, at: datetime, tell: bool = True
) -> PeerMeeting:
    """Two or three who are to meet, chosen by somebody else. All are asked alike; either proposes dates.
    Without `tell` nobody hears: a match round tells them itself, with the reason.

    Raises ValidationError for another number, or the same person twice."""
    if len({person.pk for person in people}) != len(people) or len(people) not in (2, 3):
        raise ValidationError("A pair is two different people, a trio three.")
    meeting = PeerMeeting.objects.create(
        question=question,
        made_by=by,
        made_at=at,
        since=at,
        hours=HOURS[Kind.ONE_TO_ONE],
        seats=len(people),
    )
    for turn, person in enumerate(people, start=1):
        keeping.add(meeting, person, at=at, turn=turn, state=Place.ASKED, seat=None)
    say(meeting, "paired", by=by, at=at)
    told = people if tell else []
    activity.record(events.PEER_PAIRED, actor=by, target=meeting, at=at, notify=told)
    return meeting


@transaction.atomic
def propose_dates(
    *,
    meeting: PeerMeeting,
    dates: Sequence[datetime],
    by: Person,
    at: datetime,
    where: str = "",
    link: str = "",
    access_note: str = "",
    words: str = "",
) -> PeerMeeting:
    """They replace those on the table; the others say which suit. Raises ValidationError for none, too
    many, one in the past or twice the same."""
    meeting = locked(meeting)
    may_take_part(by, meeting).require()
    places = places_of(meeting, Place.ASKED, Place.GOING)
    _put_on_the_table(meeting, dates, by, at)
    meeting.where, meeting.link, meeting.access_note = where, link, access_note
    meeting.save()
    keeping.accept(meeting, _own(places, by), at=at)
    PeerPlace.objects.filter(meeting=meeting).update(answered_dates_at=None)
    say(meeting, "dates_proposed", by=by, at=at, words=words)
    hearers = keeping.people(places, but=by)
    activity.record(events.PEER_DATES_PROPOSED, actor=by, target=meeting, at=at, notify=hearers)
    return meeting


@transaction.atomic
def answer_dates(
    *, meeting: PeerMeeting, dates: Sequence[ProposedDate], by: Person, at: datetime
) -> PeerMeeting:
    """Say which dates suit. The last to answer picks one, which arranges the meeting and asks for time;
    in a trio, whoever answers first leaves those that suit.

    Raises ValidationError for a date that has passed or is no longer on the table."""
    meeting = locked(meeting)
    may_answer_dates(by, meeting).require()
    keeping.insist(meeting, PeerMeeting.ARRANGE)
    chosen = list(meeting.dates.filter(pk__in=[date.pk for date in dates]))  # type: ignore[attr-defined]
    if not dates or len(chosen) < len(dates):
        raise ValidationError("Choose one of the dates shown, or say that none fits.")
    if min(date.starts_at for date in chosen) <= at:
        raise ValidationError("That date has passed. Choose another, or say that none fits.")
    places = places_of(meeting, Place.ASKED, Place.GOING)
    own = _own(places, by)
    keeping.accept(meeting, own, at=at)
    own.answered_dates_at = at
    own.save(update_fields=["answered_dates_at"])
    to_come = [one for one in places if one.person_id != meeting.dates_by_id]
    if any(one.answered_dates_at is None for one in to_come):
        meeting.dates.exclude(pk__in=[date.pk for date in chosen]).delete()  # type: ignore[attr-defined]
        say(meeting, "dates_answered", by=by, at=at)
        hearers = keeping.people(places, but=by)
        activity.record(events.PEER_DATES_ANSWERED, actor=by, target=meeting, at=at, notify=hearers)
        return meeting
    if len(chosen) > 1:
        raise ValidationError("You are the last to answer: choose the one date you will meet on.")
    return _arrange(meeting, chosen[0].starts_at, places, by, at)


def _arrange(
    meeting: PeerMeeting, starts_at: datetime, places: list[PeerPlace], by: Person, at: datetime
) -> PeerMeeting:
    meeting.move(PeerMeeting.ARRANGE, at=at)
    meeting.meets_at = starts_at
    meeting.asked_whether_held_at = None
    meeting.calendar_sequence += 1
    meeting.save()
    meeting.dates.all().delete()  # type: ignore[attr-defined]
    say(meeting, "arranged", by=by, at=at)
    hearers = keeping.people(places, but=by)
    activity.record(events.PEER_ARRANGED, actor=by, target=meeting, at=at, notify=hearers)
    for place in places:
        keeping.protect_time(meeting, place, at=at)
        keeping.save(place)
    letters.arranged(meeting, places, at=at)
    return meeting


@transaction.atomic
def none_fits(*, meeting: PeerMeeting, words: str, by: Person, at: datetime) -> PeerMeeting:
    """Back to finding dates: anybody may propose others."""
    meeting = locked(meeting)
    may_answer_dates(by, meeting).require()
    meeting.move(PeerMeeting.NONE_FITS, at=at)
    return _look_for_dates(meeting, events.PEER_NONE_FITS, "none_fits", words, by, at)


@transaction.atomic
def move(*, meeting: PeerMeeting, words: str, by: Person, at: datetime) -> PeerMeeting:
    """Not on that day: it leaves all calendars, its time is given back, and dates are found anew."""
    meeting = locked(meeting)
    may_take_part(by, meeting).require()
    if meeting.is_open:
        raise ValidationError("Change the day of an open meeting instead.")
    if meeting.has_begun(at):
        raise ValidationError("The meeting has begun. Say whether you met.")
    places = places_of(meeting, Place.GOING)
    meeting.calendar_sequence += 1
    before = meeting.meets_at
    meeting.move(PeerMeeting.MOVE, at=at)
    letters.called_off(meeting, places, was_at=before, at=at, words=words)
    for place in places:
        keeping.free_time(place, at=at)
        keeping.save(place)
    return _look_for_dates(meeting, events.PEER_MOVED, "moved", words, by, at)


@transaction.atomic
def try_again(*, meeting: PeerMeeting, words: str, by: Person, at: datetime) -> PeerMeeting:
    """It did not happen: find another day. Open meetings are held anew instead."""
    meeting = locked(meeting)
    may_take_part(by, meeting).require()
    if meeting.is_open:
        raise ValidationError("Hold a new open meeting instead.")
    meeting.move(PeerMeeting.TRY_AGAIN, at=at)
    return _look_for_dates(meeting, events.PEER_TRIED_AGAIN, "tried_again", words, by, at)


@transaction.atomic
def decline(
    *, meeting: PeerMeeting, words: str, why: str = "", by: Person, at: datetime
) -> PeerMeeting:
    """Out of it, before it is arranged. With two left they go on; with one it is over."""
    meeting = locked(meeting)
    may_take_part(by, meeting).require()
    keeping.insist(meeting, PeerMeeting.DECLINE)
    places = places_of(meeting, Place.ASKED, Place.GOING)
    own = _own(places, by)
    own.take(PeerPlace.DECLINE, at=at)
    keeping.save(own)
    others = [one for one in places if one is not own]
    if len(others) < 2:
        meeting.move(PeerMeeting.DECLINE, at=at, why=why)
    elif meeting.dates_by_id == by.pk:
        meeting.move(PeerMeeting.NONE_FITS, at=at)
    if meeting.state != State.DATES_PROPOSED:
        meeting.dates.all().delete()  # type: ignore[attr-defined]
    PeerPlace.objects.filter(meeting=meeting).update(answered_dates_at=None)
    meeting.save()
    say(meeting, "declined", by=by, at=at, words=words)
    hearers = [*keeping.people(others), *_maker(meeting, others, by)]
    activity.record(events.PEER_DECLINED, actor=by, target=meeting, at=at, notify=hearers)
    return meeting


def _look_for_dates(
    meeting: PeerMeeting, verb: str, step: str, words: str, by: Person, at: datetime
) -> PeerMeeting:
    meeting.dates.all().delete()  # type: ignore[attr-defined]
    PeerPlace.objects.filter(meeting=meeting).update(answered_dates_at=None)
    meeting.save()
    say(meeting, step, by=by, at=at, words=words)
    hearers = keeping.people(places_of(meeting, Place.ASKED, Place.GOING), but=by)
    activity.record(verb, actor=by, target=meeting, at=at, notify=hearers)
    return meeting


def _put_on_the_table(
    meeting: PeerMeeting, dates: Sequence[datetime], by: Person, at: datetime
) -> None:
    meeting.move(PeerMeeting.PROPOSE_DATES, at=at)
    if not dates:
        raise ValidationError("Propose at least one date.")
    if len(dates) > MOST_DATES:
        raise ValidationError(f"Propose up to {MOST_DATES} dates.")
    if min(dates) <= at:
        raise ValidationError("One of the dates has passed. Propose days to come.")
    if max(dates) > at + FURTHEST:
        raise ValidationError("Propose dates within a year.")
    if len(set(dates)) < len(dates):
        raise ValidationError("You proposed the same date twice.")
    meeting.dates_by = by
    meeting.save()
    meeting.dates.all().delete()  # type: ignore[attr-defined]
    ProposedDate.objects.bulk_create(
        ProposedDate(meeting=meeting, starts_at=moment) for moment in sorted(dates)
    )


def _own(places: list[PeerPlace], by: Person) -> PeerPlace:
    return next(place for place in places if place.person_id == by.pk)


def _maker(meeting: PeerMeeting, others: list[PeerPlace], by: Person) -> list[Person]:
    """Staff who made the pair hear when somebody says no: nobody is dropped unnoticed."""
    named = {place.person_id for place in others} | {by.pk}
    maker = meeting.made_by
    return [maker] if maker.is_active and maker.pk not in named else []
