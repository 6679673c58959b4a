"""Seals on the events: whoever changes, removes or slips in one breaks the seal over it.

Every five minutes the events since the last seal get one: a SHA-256 over them and over the digest
of the seal before. The tables refuse change (0003_append_only), and the application's role may not
even try (`manage.py grant_app_role`); this is for those who hold the database itself. Each new
digest is logged: with a copy of one kept elsewhere, `manage.py verify_events --expect DIGEST` also
finds out when the newest seals were removed together with their events."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from systemschangers.kernel.models import Event, EventSeal

log = logging.getLogger(__name__)

# An event's number is given before it commits. Longer than any transaction of ours lasts, so that
# none comes to light with a number below one that is sealed already.
SETTLED_AFTER = timedelta(minutes=5)
MOST_EVENTS = 1000


@dataclass(frozen=True)
class Fault:
    """What is wrong with the events numbered `first` to `last`, in words."""

    first: int
    last: int
    words: str

    def __str__(self) -> str:
        return f"events {self.first} to {self.last}: {self.words}"


def seal(*, at: datetime, settled_after: timedelta = SETTLED_AFTER) -> list[EventSeal]:
    """Seal what has settled and is not sealed yet, at most a thousand events a seal."""
    seals = []
    while made := _seal_next(at, settled_after):
        log.info("sealed events %s to %s: %s", made.after_id + 1, made.last_id, made.digest)
        seals.append(made)
    return seals


def _seal_next(at: datetime, settled_after: timedelta) -> EventSeal | None:
    with transaction.atomic():
        before = EventSeal.objects.order_by("-last_id").first()
        after_id = before.last_id if before else 0
        new = Event.objects.filter(pk__gt=after_id).order_by("pk")
        unsettled = (
            new.filter(recorded_at__gt=at - settled_after).values_list("pk", flat=True).first()
        )
        if unsettled is not None:
            new = new.filter(pk__lt=unsettled)
        events = list(new[:MOST_EVENTS])
        if not events:
            return None
        previous = before.digest if before else ""
        return EventSeal.objects.create(
            after_id=after_id,
            last_id=events[-1].pk,
            count=len(events),
            previous=previous,
            digest=digest_of(previous, after_id, events),
            made_at=at,
        )


def digest_of(previous: str, after_id: int, events: Iterable[Event]) -> str:
    """SHA-256 over the digest before and each event's columns as canonical JSON, a line each."""
    digest = hashlib.sha256(f"{previous}\n{after_id}\n".encode())
    for event in events:
        row = [
            event.pk,
            event.at.astimezone(UTC).isoformat(),
            event.recorded_at.astimezone(UTC).isoformat(),
            event.verb,
            event.actor_id,
            event.target_type,
            event.target_id,
            event.target_label,
            event.data,
        ]
        digest.update(json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def verify(expect: str = "") -> Iterator[Fault]:
    """Every fault in what is sealed: changed, missing or slipped-in events, changed or missing seals.

    `expect` is a digest that was kept elsewhere: its absence is a fault."""
    previous, after_id, found = "", 0, not expect
    for made in EventSeal.objects.order_by("last_id").iterator():
        if made.previous != previous or made.after_id != after_id:
            yield Fault(
                after_id + 1, made.after_id, "a seal before this one was changed or removed"
            )
        events = list(
            Event.objects.filter(pk__gt=made.after_id, pk__lte=made.last_id).order_by("pk")
        )
        if fault := _fault(made, events):
            yield fault
        previous, after_id, found = made.digest, made.last_id, found or made.digest == expect
    if not found:
        yield Fault(
            0, after_id, "the digest kept elsewhere is on no seal: seals were removed or changed"
        )


def _fault(made: EventSeal, events: list[Event]) -> Fault | None:
    if digest_of(made.previous, made.after_id, events) == made.digest:
        return None
    missing = made.count - len(events)
    if missing > 0:
        words = f"{missing} missing of {made.count}"
    elif missing < 0:
        words = f"{-missing} slipped in beside {made.count}"
    else:
        words = "one or more were changed"
    return Fault(made.after_id + 1, made.last_id, words)
