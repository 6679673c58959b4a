"""A paper as it is read: plain sentences, the same on the page and in the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .cutting import Cut


@dataclass(frozen=True)
class Said:
    """Somebody's words, with who says them and what it is."""

    who: str
    what: str
    words: str = ""


@dataclass(frozen=True)
class HeardVoice:
    words: Cut
    told: str
    state: str
    late: bool
    answers: Sequence[Said]
    told_back: str
    url: str


@dataclass(frozen=True)
class ShownBarrier:
    what: str
    line: str
    late: str
    url: str


@dataclass(frozen=True)
class ShownPromise:
    """`words` is empty for whoever may not read them."""

    who: str
    words: str
    due: str
    late: bool


@dataclass(frozen=True)
class ShownStory:
    title: str
    words: Cut
    who: str
    url: str


@dataclass(frozen=True)
class FigureLine:
    label: str
    here: str
    everyone: str


@dataclass(frozen=True)
class Part:
    """A section: a sentence that sums it up, its rows, and what is to be said of what is not here."""

    said: str
    rows: Sequence[object]
    notes: Sequence[str]


@dataclass(frozen=True)
class Paper:
    """`short` is the board’s name for the foot of each page."""

    board: str
    short: str
    organisation: str
    when: str
    meets: str
    stands: str
    draft: bool
    words: Cut
    by: str
    waits: Sequence[str]
    voices: Part
    barriers: Part
    promises: Part
    figures: Part
    stories: Part
    heads: Sequence[str]
    made: Sequence[str] = field(default_factory=tuple)


def day_words(day: date | str) -> str:
    """“3 October 2026”, of a date or of its ISO form."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{on.day} {on:%B %Y}"


def many(number: int, one: str, more: str = "") -> str:
    """“One voice”, “3 voices”: as a sentence begins."""
    return f"One {one}" if number == 1 else f"{number} {more or one + 's'}"
