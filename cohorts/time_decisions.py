"""Requests for time on the decisions page: a series is one decision."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

from cohorts.decisions import Decision
from cohorts.hours import Asked
from cohorts.models import Person, TimeRequest
from systemschangers.kernel.blanks import day_of

KIND = "time"
SINCE = "asked_at"


def waiting(person: Person, now: datetime):
    return TimeRequest.objects.waiting_for(person, day_of(now)).first_of_series()


def load(person: Person, keys: list[int], now: datetime) -> dict[int, Decision]:
    """One query, with the waiting slots of each series, and whoever else is away then."""
    named = TimeRequest.objects.filter(pk__in=keys)
    series = named.exclude(series=None).values("series")
    rows = TimeRequest.objects.filter(
        Q(pk__in=keys) | Q(series__in=series), state=TimeRequest.State.REQUESTED
    )
    together: dict[object, list[TimeRequest]] = defaultdict(list)
    for row in rows.for_list().with_hours().order_by("starts_at", "pk"):
        together[row.series or row.pk].append(row)
    decisions = {}
    for slots in together.values():
        head = min(slots, key=lambda slot: slot.pk)
        decisions[head.pk] = Decision(
            kind=KIND,
            thing=head,
            since=head.asked_at,
            template="cohorts/decisions/_time.html",
            deputy_for=None if head.manager_id == person.pk else head.manager,
            more={"asked": Asked.of(slots, now), "grounds": TimeRequest.Ground.choices},
        )
    return decisions
