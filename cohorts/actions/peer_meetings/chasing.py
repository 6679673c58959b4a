"""What the schedule does: ask whether people met, once; and remind of notes, twice at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cohorts import events
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace
from systemschangers.kernel import activity

from . import keeping

BATCH = 1_000
# The first reminder comes so long after they met, the second so long after the first. Then no more.
FIRST, SECOND = timedelta(days=2), timedelta(days=7)
MOST_REMINDERS = 2


def ask_whether_held(at: datetime) -> int:
    """The meeting is over: all who had a seat are asked, once. How many meetings."""
    over = PeerMeeting.objects.filter(
        state=PeerMeeting.State.ARRANGED, asked_whether_held_at=None, meets_at__lt=at
    )
    return one_by_one(over.order_by("meets_at"), at, _ask_whether_held)


def _ask_whether_held(pk: int, at: datetime) -> bool:
    found = PeerMeeting.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if found is None or found.state != found.State.ARRANGED or found.asked_whether_held_at:
        return False
    if found.ends_at is None or found.ends_at > at:
        return False
    found.asked_whether_held_at = at
    found.save(update_fields=["asked_whether_held_at"])
    going = keeping.places_of(found, PeerPlace.State.GOING)
    activity.record(
        events.PEER_ASKED_WHETHER_HELD,
        actor=None,
        target=found,
        at=at,
        notify=keeping.people(going),
    )
    return True


def remind_of_notes(at: datetime) -> int:
    """Whoever met and has not written yet. It stops once they write, or somebody says that it did not
    happen after all. How many people."""
    written = ComparisonNote.objects.filter(meeting=OuterRef("meeting"), author=OuterRef("person"))
    first = Q(reminders=0, meeting__held_at__lte=at - FIRST)
    second = Q(reminders=1, reminded_at__lte=at - SECOND)
    due = PeerPlace.objects.of_those_who_met().filter(first | second, person__is_active=True)
    return one_by_one(due.filter(~Exists(written)).order_by("pk"), at, _remind)


def _remind(pk: int, at: datetime) -> bool:
    place = (
        PeerPlace.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("meeting", "person")
        .filter(pk=pk, reminders__lt=MOST_REMINDERS)
        .filter(Q(reminded_at=None) | Q(reminded_at__lte=at - SECOND))
        .first()
    )
    if place is None:
        return False
    place.reminders, place.reminded_at = place.reminders + 1, at
    place.save(update_fields=["reminders", "reminded_at"])
    activity.record(
        events.NOTE_REMINDED, actor=None, target=place.meeting, at=at, notify=[place.person]
    )
    return True


def one_by_one(queryset, at: datetime, do: Callable[[int, datetime], bool]) -> int:
    """Each in a transaction of its own, so that one that fails keeps none of the others."""
    done = 0
    for pk in queryset.values_list("pk", flat=True).iterator(chunk_size=BATCH):
        with transaction.atomic():
            done += do(pk, at)
    return done
