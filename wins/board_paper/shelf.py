"""The papers on the shelf, told apart in words: which to read next, which are new, which were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, When

from cohorts.models import Person
from wins.models import BoardPaper


@dataclass(frozen=True)
class Shelved:
    """A paper as the list shows it to one person. `opened_at` is when they first opened it."""

    paper: BoardPaper
    opened_at: datetime | None
    to_read: bool
    meeting: str

    @property
    def is_new(self) -> bool:
        return self.to_read and self.opened_at is None


def shelved(papers: Any, today: date) -> list[Shelved]:
    """Of papers from `with_opened`; no query."""
    return [
        Shelved(
            paper=paper,
            opened_at=paper.opened_at,
            to_read=paper.to_read,
            meeting=meeting_words(paper.meets_on, today),
        )
        for paper in papers
    ]


def read_next(person: Person, today: date) -> Shelved | None:
    """The one to open next: of the board that meets soonest; then the newest. One query."""
    soon = Case(When(meets_on__gte=today, then=F("meets_on")))
    papers = BoardPaper.objects.for_board_of(person).not_opened_by(person).for_list()
    first = papers.with_opened(person).order_by(soon.asc(nulls_last=True), "-issued_at", "-id")[:1]
    return next(iter(shelved(first, today)), None)


def meeting_words(meets_on: date | None, today: date) -> str:
    """“The board meets on Thursday 3 December, in 5 days.”"""
    if meets_on is None:
        return ""
    year = f" {meets_on.year}" if meets_on.year != today.year else ""
    day = f"{meets_on:%A} {meets_on.day} {meets_on:%B}{year}"
    ahead = (meets_on - today).days
    if ahead < 0:
        return f"The board met on {day}."
    when = {0: "today", 1: "tomorrow"}.get(ahead, f"in {ahead} days")
    return f"The board meets on {day}, {when}."
