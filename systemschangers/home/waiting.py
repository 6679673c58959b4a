"""What waits on a person, in one list, whichever room it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from cohorts import (
    check_in_waiting,
    leader_waiting,
    membership_waiting,
    peer_waiting,
    role_waiting,
    running_waiting,
    time_waiting,
)
from cohorts.models import Person
from cohorts.waiting import Group, Row, how_many, waiting
from labs import barrier_waiting, lab_waiting, prompt_waiting, voice_waiting
from wins import outcome_waiting, paper_waiting, selection_waiting, win_waiting

ROOMS = (
    *(time_waiting, leader_waiting, running_waiting, peer_waiting, membership_waiting),
    *(barrier_waiting, lab_waiting, voice_waiting, selection_waiting, win_waiting),
    *(paper_waiting, outcome_waiting, role_waiting, check_in_waiting, prompt_waiting),
)
KINDS = tuple(kind for room in ROOMS for kind in room.KINDS)
FEW = 3


@dataclass(frozen=True)
class Waiting:
    """The rows of one group, or of all; `count` things wait, and when `is_cut` not all are shown."""

    group: Group | None
    rows: list[Row]
    count: int
    is_cut: bool = False

    @property
    def key(self) -> str:
        return self.group.name.lower() if self.group else "waiting"

    @property
    def number(self) -> str:
        return how_many(self.count)

    @property
    def heading(self) -> str:
        return self.group.value if self.group else "Waiting for you"


def waiting_on(person: Person, now: datetime) -> list[Row]:
    """All of it: what others wait for first, late things before others. One query."""
    return waiting(KINDS, person, now)


def by_group(rows: list[Row]) -> list[Waiting]:
    groups = groupby(rows, lambda row: row.group)
    return [
        Waiting(group, its, len(its)) for group, its in ((one, [*rows]) for one, rows in groups)
    ]


def in_short(rows: list[Row]) -> list[Waiting]:
    """What home shows: a few of each group. As one list when there is one group, or few rows at all."""
    groups = by_group(rows)
    if len(groups) == 1 or (rows and len(rows) <= FEW):
        groups = [Waiting(None, rows, len(rows))]
    return [_few(one) for one in groups]


def _few(one: Waiting) -> Waiting:
    """At most FEW rows, and one where a link to it would take its place. Rather than cut, several of
    the same sort are told as one."""
    if one.count <= FEW + 1:
        return one
    rows = _told_together(one.rows)
    if len(rows) <= FEW + 1:
        return replace(one, rows=rows)
    return replace(one, rows=rows[:FEW], is_cut=True)


def _told_together(rows: list[Row]) -> list[Row]:
    sorts: dict[str, list[Row]] = {}
    for number, row in enumerate(rows):
        sorts.setdefault(row.many or str(number), []).append(row)
    return [_as_one(its) for its in sorts.values()]


def _as_one(rows: list[Row]) -> Row:
    first, count = rows[0], len(rows)
    if count == 1:
        return first
    url = f"{reverse('home:waiting')}#{first.group.name.lower()}"
    late = f"The oldest: {first.late[:1].lower()}{first.late[1:]}" if first.late else ""
    return replace(first, label=first.many.format(how_many(count)), url=url, hint="", late=late)
