"""Notes of those who met: written, changed, and what came of “I’ll try” after four weeks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.actions.peer_meetings import chasing, keeping
from cohorts.clashes import clashes_in_words
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace, Person
from cohorts.policy.peer_meetings import has_met
from cohorts.policy.practices import may_tell_tried
from systemschangers.kernel import activity

COMES_BACK_AFTER = timedelta(weeks=4)
WORDS = ("we_do", "they_do", "will_try")


@transaction.atomic
def write(
    *, meeting: PeerMeeting, we_do: str, they_do: str, will_try: str, by: Person, at: datetime
) -> ComparisonNote:
    """One’s own note of a meeting that was held; written again it is changed. Those who met hear of the
    first. Raises ValidationError when all of it is empty."""
    meeting = keeping.locked(meeting)
    has_met(by, meeting).require()
    given = {"we_do": we_do.strip(), "they_do": they_do.strip(), "will_try": will_try.strip()}
    if not any(given.values()):
        raise ValidationError("Fill in one of the three. A line is enough.")
    note = ComparisonNote.objects.filter(meeting=meeting, author=by).first()
    if note is not None:
        if note.will_try != given["will_try"] and not note.tried:
            note.asked_how_at = None
        for name, value in given.items():
            setattr(note, name, value)
        note.changed_at = at
        note.save()
        activity.record(events.NOTE_CHANGED, actor=by, target=note, at=at)
        return note
    with clashes_in_words(ComparisonNote):
        note = ComparisonNote.objects.create(
            meeting=meeting, author=by, written_at=at, changed_at=at, **given
        )
    activity.record(events.NOTE_WRITTEN, actor=by, target=note, at=at, notify=_others(meeting, by))
    return note


@transaction.atomic
def tell_tried(
    *, note: ComparisonNote, tried: str, words: str, by: Person, at: datetime
) -> ComparisonNote:
    """Tried, not yet, or not after all; with what happened. “Not yet” is not asked again by itself."""
    ComparisonNote.objects.select_for_update().only("pk").get(pk=note.pk)
    note = ComparisonNote.objects.select_related("meeting").get(pk=note.pk)
    may_tell_tried(by, note).require()
    if tried not in ComparisonNote.Tried.values:
        raise ValidationError({"tried": "Choose one."})
    if not note.will_try:
        raise ValidationError("There is nothing in your note that you wanted to try.")
    first = note.tried != ComparisonNote.Tried.YES and tried == ComparisonNote.Tried.YES
    note.tell_tried(tried, words.strip(), at=at)
    note.save()
    hearers = _others(note.meeting, by) if first else []
    activity.record(events.NOTE_TRIED, actor=by, target=note, at=at, notify=hearers)
    return note


def ask_how_it_went(*, at: datetime) -> int:
    """For the schedule: each “I’ll try” of four weeks ago, once. How many."""
    due = ComparisonNote.objects.filter(
        asked_how_at=None, tried="", written_at__lte=at - COMES_BACK_AFTER, author__is_active=True
    ).exclude(will_try="")
    return chasing.one_by_one(due.order_by("written_at"), at, _ask_how)


def _ask_how(pk: int, at: datetime) -> bool:
    note = (
        ComparisonNote.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("author")
        .filter(pk=pk, asked_how_at=None, tried="")
        .first()
    )
    if note is None:
        return False
    note.asked_how_at = at
    note.save(update_fields=["asked_how_at"])
    activity.record(events.NOTE_ASKED_HOW, actor=None, target=note, at=at, notify=[note.author])
    return True


def _others(meeting: PeerMeeting, by: Person) -> list[Person]:
    met = PeerPlace.objects.of_those_who_met().filter(meeting=meeting)
    return keeping.people(list(met.select_related("person")), but=by)
