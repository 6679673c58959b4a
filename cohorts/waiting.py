"""What waits on a person, whichever room it comes from: kinds of things, found together in one query.

A room has a module `…_waiting` with its KINDS. Each says what to look for (`find`, by the rules of its
noun), since when it waits, what of it is said, and how that reads as rows. What a rule works out of the
moment in Python goes through `worked_out`, since the question is put together once (kernel.blanks)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from cohorts.anybody import asked_by
from cohorts.models import Person
from cohorts.working_days import DELAYED_AFTER, working_days_before
from systemschangers.kernel.blanks import Prepared

MOST_OF_A_KIND = 100


class Group(Enum):
    """Why something waits, in the order in which it is read: what others wait for comes first."""

    OTHERS = "Others wait for you"
    LOOK = "To look over"
    WEEK = "This week"
    OWN = "Yours to finish"


@dataclass(frozen=True)
class Row:
    """What to do, where, and a hint in words: as a row of the home page shows it. `late` says in words
    how it is late; of what others wait for, and what is to be looked over, it follows from `since`.
    `many` is how several such rows are told as one: “{} barriers nobody is asked to answer”."""

    label: str
    url: str
    hint: str
    icon: str
    group: Group = Group.OWN
    since: datetime | None = None
    late: str = ""
    many: str = ""


@dataclass(frozen=True)
class Found:
    thing: int
    since: datetime
    said: dict[str, Any]


Rows = Callable[[list[Found], Person, datetime], list[Row]]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of thing that can wait. `find(person, now)` gives its rows, `thing` names its key.

    Kinds of one name are told together: their rows are made of all that is found of them."""

    name: str
    find: Callable[[Any, Any], QuerySet]
    since: Any
    rows: Rows
    said: Mapping[str, Any] = field(default_factory=dict)
    thing: str = "pk"

    def part(self, person: Any, now: Any) -> QuerySet:
        """Its share of the one query, longest waiting first."""
        columns = {
            "kind_": Value(self.name, output_field=CharField()),
            "thing_": Cast(self.thing, BigIntegerField()),
            "since_": Cast(self.since, DateTimeField()),
            "said_": JSONObject(**self.said),
        }
        found = self.find(person, now).order_by().annotate(**columns)
        return found.order_by("since_", "thing_").values_list(*columns)[:MOST_OF_A_KIND]


def each(row: Callable[[Found, Person, datetime], Row]) -> Rows:
    """A row for each that is found."""
    return lambda found, person, now: [row(one, person, now) for one in found]


def waiting(kinds: tuple[Kind, ...], person: Person, now: datetime) -> list[Row]:
    """All that waits, in its groups; late things first, then what waits longest, of one’s own things
    what is freshest. One query."""
    of_kind = found_of(kinds, person, now)
    rows: list[Row] = []
    for name, as_rows in {kind.name: kind.rows for kind in kinds}.items():
        if name in of_kind:
            oldest_first = sorted(of_kind[name], key=lambda one: (one.since, one.thing))
            rows += as_rows(oldest_first, person, now)
    return in_order(rows, now)


def found_of(kinds: tuple[Kind, ...], person: Person, now: datetime) -> dict[str, list[Found]]:
    """By the name of their kind. One query."""
    found: dict[str, list[Found]] = {}
    for kind, thing, since, said in asked_by(_prepared(kinds), person, now):
        found.setdefault(kind, []).append(Found(thing, since, json.loads(said)))
    return found


@lru_cache(maxsize=64)
def _prepared(kinds: tuple[Kind, ...]) -> Prepared:
    def build(person: Any, now: Any) -> QuerySet:
        parts = [kind.part(person, now) for kind in kinds]
        return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]

    return Prepared(build)


def in_order(rows: Iterable[Row], now: datetime) -> list[Row]:
    overdue = working_days_before(timezone.localdate(now), DELAYED_AFTER)
    order = [*Group]

    def turn(row: Row) -> tuple[int, bool, float]:
        since = (row.since or now).timestamp()
        freshest_first = row.group is Group.OWN  # what was begun last is what one would finish
        return order.index(row.group), not row.late, -since if freshest_first else since

    return sorted((_told_late(row, overdue) for row in rows), key=turn)


def _told_late(row: Row, overdue: date) -> Row:
    if row.late or row.since is None or row.group not in (Group.OTHERS, Group.LOOK):
        return row
    day = timezone.localdate(row.since)
    return replace(row, late=f"Waits since {day_words(day)}") if day <= overdue else row


def how_many(count: int) -> str:
    """More than that of a kind are not counted."""
    return f"{MOST_OF_A_KIND} or more" if count >= MOST_OF_A_KIND else str(count)


def day_words(day: date | str) -> str:
    """“3 November”, also of a day as it comes out of `said`."""
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day.day} {day:%B}"


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said)


def excerpt(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"
