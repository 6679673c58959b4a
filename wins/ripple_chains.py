"""A chain of ripples as a tree: for the list on its page, for its picture, and for what is said of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cohorts.models import Person
from wins.models import Ripple


@dataclass
class Branch:
    """A ripple with what it led to. `empty`: it was taken back, and is kept as a place in the chain."""

    ripple: Ripple
    depth: int
    led_to: list[Branch] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.ripple.is_shown

    def walk(self) -> Iterator[Branch]:
        yield self
        for branch in self.led_to:
            yield from branch.walk()


def grow(ripples: Iterable[Ripple]) -> list[Branch]:
    """The branches of one chain, each in the order of its days. What was taken back is left out, or
    kept as an empty place where something that is shown followed from it."""
    children: dict[int | None, list[Ripple]] = defaultdict(list)
    for ripple in ripples:
        children[ripple.parent_id].append(ripple)

    def below(parent: int | None, depth: int) -> list[Branch]:
        branches = []
        for ripple in sorted(children[parent], key=lambda one: (one.happened_on, one.pk)):
            branch = Branch(ripple, depth, below(ripple.pk, depth + 1))
            if ripple.is_shown or branch.led_to:
                branches.append(branch)
        return branches

    return below(None, 1)


def walk(branches: Iterable[Branch]) -> list[Branch]:
    """All of them, each before what it led to."""
    return [one for branch in branches for one in branch.walk()]


def in_words(branches: list[Branch]) -> list[str]:
    """What the picture shows, in a sentence or three. What nobody said is not counted either way."""
    shown = [one.ripple for one in walk(branches) if not one.empty]
    if not shown:
        return []
    days = sorted(one.happened_on for one in shown)
    many = "1 ripple" if len(shown) == 1 else f"{len(shown)} ripples"
    first, last = (f"{day.day} {day:%b %Y}" for day in (days[0], days[-1]))
    said = [f"{many}, on {first}." if first == last else f"{many}, from {first} to {last}."]
    counted = [
        (_count(shown, "worth", Ripple.Worth.GOOD), "good"),
        (_count(shown, "worth", Ripple.Worth.BAD), "bad"),
        (_count(shown, "meant", Ripple.Meant.NOT_MEANT), "not meant to happen"),
        (_count(shown, "lasting", Ripple.Lasting.GOING_ON), "still going on"),
        (_count(shown, "change", Ripple.Change.TRANSFORMATIONAL), "a new way of doing things"),
    ]
    named = [f"{many} {what}" for many, what in counted if many]
    return [*said, f"People say of them: {', '.join(named)}."] if named else said


def _count(ripples: list[Ripple], name: str, value: Any) -> int:
    return sum(1 for one in ripples if getattr(one, name) == value)


def may_take_back_each(person: Person, ripples: Iterable[Ripple], *, keeps: bool) -> set[int]:
    """Which of them the reader can take back, without asking the database of each."""
    return {one.pk for one in ripples if one.is_shown and (keeps or one.told_by_id == person.pk)}
