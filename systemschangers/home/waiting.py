"""What waits on a person, in one list, whichever room it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

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
from cohorts.waiting import MOST_OF_A_KIND, Group, Row, waiting
from labs import barrier_waiting, lab_waiting, prompt_waiting, voice_waiting
from wins import outcome_waiting, selection_waiting, win_waiting

ROOMS = (
    *(time_waiting, leader_waiting, running_waiting, peer_waiting, membership_waiting),
    *(barrier_waiting, lab_waiting, voice_waiting, selection_waiting, win_waiting),
    *(outcome_waiting, role_waiting, check_in_waiting, prompt_waiting),
)
KINDS = tuple(kind for room in ROOMS for kind in room.KINDS)
FEW = 3


@dataclass(frozen=True)
class Waiting:
    """The rows of one group; `more` says how many there are when not all are shown."""

    group: Group | None
    rows: list[Row]
    more: str = ""

    @property
    def key(self) -> str:
        return self.group.name.lower() if self.group else "waiting"

    @property
    def heading(self) -> str:
        return self.group.value if self.group else "Waiting for you"


def waiting_on(person: Person, now: datetime) -> list[Row]:
    """All of it: what others wait for first, late things before others. One query."""
    return waiting(KINDS, person, now)


def in_short(rows: list[Row]) -> list[Waiting]:
    """What home shows: a few of each group. As one list when there is one group, or few rows at all."""
    groups = by_group(rows)
    if len(groups) == 1 or len(rows) <= FEW:
        return [_few(Waiting(None, rows))] if rows else []
    return [_few(one) for one in groups]


def by_group(rows: list[Row]) -> list[Waiting]:
    return [Waiting(group, list(its)) for group, its in groupby(rows, lambda row: row.group)]


def _few(one: Waiting) -> Waiting:
    count = len(one.rows)
    if count <= FEW + 1:  # a link to one more would take its place
        return one
    number = f"{MOST_OF_A_KIND} and more" if count > MOST_OF_A_KIND else str(count)
    return Waiting(one.group, one.rows[:FEW], number)
