"""What a paper says of itself, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wins.impact.periods import period_words

from .figures import NOT_SHOWN
from .paper import FigureLine, ShownPromise, many

Kept = dict[str, Any]

HOW_IT_WAS_MADE = (
    "Figures, days and how things stood are kept as they were on the day this paper was issued. People’s own"
    " words are not kept in it: they are read anew each time it is opened, for whoever may read them then.",
    "Printed, nothing can be taken back. Please hand this paper in, or destroy it, after the meeting.",
)
ONLY_THOSE = "Voices whose tellers agreed that this board may hear them."


def what_waits(kept: Kept) -> list[str]:
    """What the board is asked for, first of all."""
    voices, barriers, promises = kept["voices"], kept["barriers"], kept["promises"]
    said = []
    if number := voices["waiting"]:
        oldest = "It" if number == 1 else "The oldest"
        days = many(voices["longest"], "day").lower()
        sent = f" {oldest} was sent {days} ago; answers are due in 28." if voices["longest"] else ""
        said.append(f"{many(number, 'voice')} {_one(number, 'waits', 'wait')} for an answer.{sent}")
    if number := barriers["many"]:
        said.append(
            f"{many(number, 'barrier')} {_one(number, 'waits', 'wait')} for somebody here to change"
            f" {_one(number, 'it', 'them')}.{_past(barriers['late'], ' promised change')}"
        )
    if number := promises["many"]:
        said.append(
            f"{many(number, 'promise')} to workers {_one(number, 'is', 'are')} due within three months."
            f"{_past(promises['late'])}"
        )
    return said or ["Nothing waits for this board."]


def _one(number: int, one: str, more: str) -> str:
    return one if number == 1 else more


def _past(number: int, what: str = "") -> str:
    if not number:
        return ""
    which = f"One{what}" if number == 1 else f"{number}{what}{'s' if what else ''}"
    return f" {which} {_one(number, 'is past its day', 'are past their day')}."


def said_of_voices(kept: Kept) -> str:
    if not kept["many"]:
        return f"{ONLY_THOSE} None in this time."
    said = f"{ONLY_THOSE} Told or answered in this time, or waiting: {kept['many']}."
    said += f" Answered: {kept['answered']}."
    if kept["confirmed"]:
        said += f" Changes confirmed by the people who told of them: {kept['confirmed']}."
    return said


def said_of_barriers(kept: Kept) -> str:
    if not kept["many"]:
        return "No open barrier waits for somebody of this board."
    return "Raised by workers, who named somebody of this board as the one who can change it."


def said_of_promises(kept: Kept) -> str:
    if not kept["many"]:
        return "No promise by somebody of this board is late, or due within three months."
    return "By those who sit on this board, to workers they met."


def gone(number: int, noun: str, why: str, nouns: str = "") -> list[str]:
    """That something stood here on the day, and does not now."""
    if not number:
        return []
    verb, no_more = ("is", "it was") if number == 1 else ("are", "they were")
    return [f"{many(number, noun, nouns)} {verb} no longer here: {no_more} {why}."]


def not_all(more: int, noun: str) -> list[str]:
    return [f"{many(more, noun)} more did not fit on this paper."] if more else []


def changed(number: int) -> list[str]:
    """That words read otherwise than on the day: theirs who wrote them, who may change them."""
    if not number:
        return []
    verb = "reads as its owner has" if number == 1 else "read as their owners have"
    return [f"{number} of these {verb} changed it since this paper was issued."]


def why_no_words(rows: Iterable[ShownPromise]) -> list[str]:
    if all(row.words for row in rows):
        return []
    return [
        "Where it does not say what was promised, the words are for whoever made the promise and"
        " whoever asked for it. They can tell you."
    ]


def figures_of(of: str, period: str) -> str:
    """Which time they are of, where that is not what the paper is about."""
    if of == period:
        return ""
    return (
        f"Of {period_words(of)}, the last quarter that is over: figures of a time that still goes on would"
        " tell, from one paper to the next, what one person did in between. "
    )


def why_not_shown(rows: Iterable[FigureLine]) -> list[str]:
    """Why a figure is missing, where one is; and which lines are missing as a whole."""
    rows = list(rows)
    if not any(NOT_SHOWN in words for row in rows for words in (row.here, row.everyone)):
        return []
    why = "fewer than five people made the figure, or such a figure could be worked out from it."
    whole = [row.label for row in rows if {row.here, row.everyone} == {NOT_SHOWN}]
    said = [f"Not shown: {why}"]
    if whole:
        said.append(f"For that reason these are not here at all: {'; '.join(whole)}.")
    return said
