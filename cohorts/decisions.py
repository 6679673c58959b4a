"""Everything that waits for one person's decision, whatever it is about, oldest first.

A noun whose requests are decided has a provider, a module named in PROVIDERS:

    KIND = "time"                        # unique; orders what began to wait at the same moment

    def waiting(person, now):            # a queryset of what waits on this person today
        return TimeRequest.objects.waiting_for(person, timezone.localdate(now))

    SINCE = "asked_at"                   # the column that says since when; indexed

    def load(person, keys, now):         # {key: Decision}, in as few queries as can be
        …

Its Decision's `template` shows one card with its own form; it gets `decision`, `now` and `person`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.core import signing
from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from cohorts.models import Person

PROVIDERS = [
    "cohorts.agreement_decisions",
    "cohorts.leader_request_decisions",
    "cohorts.role_statement_decisions",
    "cohorts.time_decisions",
]
SIZE = 25
SALT = "cohorts.decisions"

Key = tuple[datetime, str, int]


@dataclass(frozen=True)
class Decision:
    """One card of the page. `thing` is what is decided; `deputy_for` the manager who is away."""

    kind: str
    thing: Any
    since: datetime
    template: str
    deputy_for: Person | None = None
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decisions:
    rows: list[Decision]
    after: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def waiting_for(person: Person, now: datetime, *, after: str = "", size: int = SIZE) -> Decisions:
    """The page of decisions that begins after `after`, a cursor; the first when it is none of ours.

    One query for what waits, and those of each kind that is on the page."""
    begin = _read(after)
    keys = list(_keys(person, now, begin, size + 1))
    if begin and not keys:
        return waiting_for(person, now, size=size)
    more, keys = len(keys) > size, keys[:size]
    loaded = {
        provider.KIND: provider.load(
            person, [pk for _, kind, pk in keys if kind == provider.KIND], now
        )
        for provider in providers()
        if any(kind == provider.KIND for _, kind, _ in keys)
    }
    rows = [loaded[kind][pk] for _, kind, pk in keys if pk in loaded[kind]]
    return Decisions(rows, after=_write(keys[-1]) if more else "")


def count_waiting(person: Person, now: datetime, most: int = 100) -> int:
    """How many wait, counted up to `most`. One query."""
    return sum(1 for _ in _keys(person, now, None, most))


def _keys(person: Person, now: datetime, begin: Key | None, most: int):
    parts = [_of(provider, person, now, begin, most) for provider in providers()]
    together = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return together.order_by("since", "of_kind", "pk_")[:most]


def _of(provider: Any, person: Person, now: datetime, begin: Key | None, most: int):
    rows = provider.waiting(person, now)
    if begin:
        since, kind, pk = begin
        if kind == provider.KIND:
            rows = rows.filter(
                TupleGreaterThan(Tuple(models.F(provider.SINCE), models.F("pk")), (since, pk))
            )
        else:
            at_once = Q(**{provider.SINCE: since}) if kind < provider.KIND else Q(pk__in=[])
            rows = rows.filter(at_once | Q(**{f"{provider.SINCE}__gt": since}))
    oldest = rows.order_by(provider.SINCE, "pk").annotate(
        since=models.F(provider.SINCE),
        of_kind=Value(provider.KIND, output_field=models.CharField()),
        pk_=models.F("pk"),
    )
    return oldest.values_list("since", "of_kind", "pk_")[:most]


def providers() -> list[Any]:
    return [import_module(name) for name in PROVIDERS]


def _write(key: Key) -> str:
    return signing.dumps([key[0].isoformat(), key[1], key[2]], salt=SALT)


def _read(cursor: str) -> Key | None:
    if not cursor:
        return None
    try:
        since, kind, pk = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(since), kind, pk
