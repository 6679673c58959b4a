"""What it came to, in a few sentences: the first thing a page of figures says, made of what may be shown."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .sections import Figures, Section, Stay, figure_words


def in_words(figures: Figures, *, own: bool) -> list[str]:
    """Whole sentences. What is held back, or nought, is in none of them."""
    told = (_wins(figures, own=own), *(say(figures) for say in SAID), _stay(figures.stays))
    return [sentence for sentence in told if sentence]


def _many(amount: Decimal | None, one: str, more: str) -> str:
    return f"{figure_words(amount or Decimal())} {one if amount == 1 else more}"


def _known(figures: Figures, key: str) -> Section | None:
    section = figures.of(key)
    return section if section and section.total else None


def _wins(figures: Figures, *, own: bool) -> str:
    wins = _known(figures, "wins")
    if not wins:
        return ""
    told = _many(wins.total, "small win", "small wins")
    if own:
        return f"You logged {told}."
    return f"{told}, by about {figure_words(wins.people)} people." if wins.people else f"{told}."


def _led_to(figures: Figures) -> str:
    ripples, outcomes = _known(figures, "ripples"), _known(figures, "outcomes")
    told = [_many(ripples.total, "ripple was told", "ripples were told")] if ripples else []
    if outcomes:
        agreed = outcomes.part("checked", "agree")
        with_whom = f", {figure_words(agreed)} of them borne out by others" if agreed else ""
        told.append(_many(outcomes.total, "outcome", "outcomes") + with_whom)
    return f"{' and '.join(told)}." if told else ""


def _barriers(figures: Figures) -> str:
    fixed = _known(figures, "barriers_fixed")
    return _many(fixed.total, "barrier was fixed.", "barriers were fixed.") if fixed else ""


def _of(figures: Figures, key: str, split: str, *values: str) -> tuple[Decimal, Decimal] | None:
    """How many of how many; None where either is not to be told."""
    section = _known(figures, key)
    if not section or section.total is None:
        return None
    found = Decimal()
    for value in values:
        part = section.part(split, value)
        if part is None:
            return None
        found += part
    return found, section.total


def _requests(figures: Figures) -> str:
    found = _of(figures, "leader_requests", "answered", "yes")
    if not found:
        return ""
    answered, asked = found
    return f"Leaders answered {figure_words(answered)} of {_many(asked, 'request', 'requests')}."


def _promises(figures: Figures) -> str:
    found = _of(figures, "commitments", "kept", "kept")
    if not found:
        return ""
    kept, due = found
    return f"They kept {figure_words(kept)} of {_many(due, 'promise', 'promises')} that fell due."


def _voices(figures: Figures) -> str:
    found = _of(figures, "voices", "voice", "answered", "told_back")
    if not found:
        return ""
    answered, sent = found
    told = f"{_many(sent, 'voice was', 'voices were')} sent on: {figure_words(answered)} answered"
    back = _of(figures, "voices", "voice", "told_back")
    return f"{told}, {figure_words(back[0])} told back." if back and back[0] else f"{told}."


def _hours(figures: Figures) -> str:
    taken = _known(figures, "hours_taken")
    if not taken:
        return ""
    return _many(taken.total, "hour was", "hours were") + " taken to stand back and meet others."


def _stay(stays: tuple[Stay, ...]) -> str:
    """Of the longest moment up to a year that can be told."""
    told = [one for one in stays if one.joined and one.parts and one.months <= 12]
    if not told:
        return ""
    last = told[-1]
    stayed, _, unknown = (bar.amount or Decimal() for bar in last.parts)
    not_known = f"; of {figure_words(unknown)} it is not known" if unknown else ""
    return (
        f"Of {_many(last.joined, 'person', 'people')} who joined a cohort {last.when} ago or more, "
        f"{figure_words(stayed)} were still on the frontline {last.when} after{not_known}."
    )


SAID: tuple[Callable[[Figures], str], ...] = (
    _led_to,
    _barriers,
    _requests,
    _promises,
    _voices,
    _hours,
)
