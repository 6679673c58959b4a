"""Which figures may be shown so that no group under five can be read from them, or worked out.

A figure is told by the people it is made of. One rule, in three parts:

- a figure made of one to four people is never shown;
- where a shown whole is the sum of parts, the parts that are not shown are together made of nobody, or of
  five people or more: else whoever takes the shown parts from the whole reads them. Another part is then
  held back too (complementary suppression; Willenborg and de Waal 2001, “Elements of Statistical Disclosure
  Control”, chapter 4), the smallest first;
- a figure that can be worked out from shown ones counts as shown, and is held to the same.

`Sum` says which wholes are made of which parts. What is in no sum can't be taken from another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5
Key = Hashable
People = Mapping[Key, frozenset[int]]


@dataclass(frozen=True)
class Sum:
    """`whole` is all of `parts`, which share nothing but people."""

    whole: Key
    parts: tuple[Key, ...]


def showable(people: People, sums: Sequence[Sum], never: Iterable[Key] = ()) -> set[Key]:
    """The keys of `people` whose figures may be shown. `never` are those no page shows anyway."""
    kept_back = set(never)
    shown = {key for key, who in people.items() if _enough(who) and key not in kept_back}
    while True:
        worked_out = _known(shown, sums)
        held_back: set[Key] = set()
        for one in sums:
            if one.whole in worked_out:
                held_back |= _hold_back(one, people, worked_out, shown - held_back)
        if not held_back:
            for key in sorted(worked_out - shown, key=repr):
                if key in people and not _enough(people[key]):
                    held_back |= _break(key, people, sums, shown)
                    break
        if not held_back:
            return shown
        shown -= held_back


def _enough(people: frozenset[int]) -> bool:
    return not people or len(people) >= FEWEST


def _known(shown: set[Key], sums: Sequence[Sum]) -> set[Key]:
    """What is shown and what follows from it: where all of a sum but one is known, so is that one."""
    known, grew = set(shown), True
    while grew:
        grew = False
        for one in sums:
            missing = [key for key in (one.whole, *one.parts) if key not in known]
            if len(missing) == 1:
                known.add(missing[0])
                grew = True
    return known


def _hold_back(one: Sum, people: People, known: set[Key], shown: set[Key]) -> set[Key]:
    """What more to keep back so that the parts of this whole that nobody reads are enough people."""
    unread: set[int] = set()
    for key in one.parts:
        if key not in known or (key not in shown and not _enough(people[key])):
            unread |= people[key]
    if _enough(frozenset(unread)):
        return set()
    found: set[Key] = set()
    by_size = sorted(
        (key for key in one.parts if key in shown and people[key]),
        key=lambda key: (len(people[key]), repr(key)),
    )
    for key in by_size:
        found.add(key)
        unread |= people[key]
        if _enough(frozenset(unread)):
            return found
    return found | ({one.whole} & shown)


def _break(key: Key, people: People, sums: Sequence[Sum], shown: set[Key]) -> set[Key]:
    """Something shown that `key` is worked out from: the smallest of the sums it is in."""
    beside = {
        other
        for one in sums
        if key == one.whole or key in one.parts
        for other in (one.whole, *one.parts)
        if other in shown and people[other]
    }
    if not beside:
        beside = {other for other in shown if people[other]}
    return {min(beside, key=lambda other: (len(people[other]), repr(other)))}
