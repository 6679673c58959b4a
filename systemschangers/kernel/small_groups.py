"""Which figures may be shown so that no group under five can be read from them, or worked out.

A figure is told by the people it is made of. One rule, in three parts:

- a figure made of one to four people is never shown;
- where a shown whole is the sum of parts, the parts that are not shown are together made of nobody, or of
  five people or more: else whoever takes the shown parts from the whole reads them. Another part is then
  held back too (complementary suppression; Willenborg and de Waal 2001, “Elements of Statistical Disclosure
  Control”, chapter 4), the smallest first;
- a figure that can be worked out from shown ones, over however many sums, counts as shown, and is held
  to the same.

`Sum` says which wholes are made of which parts. What is in no sum can't be taken from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .determined import determined

FEWEST = 5
Key = Hashable
# Who is behind a figure: each person is a bit of a number, so that ten thousand crowds are quickly joined.
Crowd = int
People = Mapping[Any, Crowd]


@dataclass(frozen=True)
class Sum:
    """`whole` is all of `parts`, which share nothing but people."""

    whole: Key
    parts: tuple[Key, ...]


def showable(
    people: People,
    sums: Sequence[Sum],
    never: Iterable[Key] = (),
    told: Collection[Key] = frozenset(),
    worth: Callable[[Any], int] = lambda _: 0,
) -> set[Any]:
    """The keys of `people` whose figures may be shown. `never` are those no page shows anyway; `told`
    those that another page tells whatever is held back here, so they stay shown. Where any of several
    could be held back, the least of `worth` is, and of these the one of fewest people."""
    kept_back = set(never)
    shown = {key for key, who in people.items() if _enough(who) and key not in kept_back}
    table = _Table(people, sums, frozenset(told), worth)
    while True:
        worked_out = table.worked_out(shown)
        held_back: set[Key] = set()
        for one in sums:
            if one.whole in shown or one.whole in worked_out:
                held_back |= table.beside_small(one, worked_out, shown, held_back)
        held_back = held_back or table.behind_small(worked_out, shown) or table.elsewhere(shown)
        if not held_back:
            return shown
        shown -= held_back


def _enough(crowd: Crowd) -> bool:
    return not crowd or crowd.bit_count() >= FEWEST


@dataclass
class _Table:
    people: People
    sums: Sequence[Sum]
    told: frozenset[Key]
    worth: Callable[[Any], int]

    @cached_property
    def sums_of(self) -> Mapping[Key, list[int]]:
        found: dict[Key, list[int]] = defaultdict(list)
        for place, one in enumerate(self.sums):
            for key in (one.whole, *one.parts):
                found[key].append(place)
        return found

    def least(self, keys: Iterable[Key]) -> set[Key]:
        """Of those that can be held back and tell something, the one to be missed least."""
        free = [key for key in keys if self.people[key] and key not in self.told]
        if not free:
            return set()
        return {min(free, key=lambda k: (self.worth(k), self.people[k].bit_count(), repr(k)))}

    def worked_out(self, shown: set[Key]) -> dict[Key, Sum]:
        """What follows from what is shown, one sum after the other, and from which sum: where all of one
        but one is known, so is that one."""
        missing = [sum(key not in shown for key in (one.whole, *one.parts)) for one in self.sums]
        ready = [place for place, many in enumerate(missing) if many == 1]
        found: dict[Key, Sum] = {}
        while ready:
            one = self.sums[ready.pop()]
            left = [k for k in (one.whole, *one.parts) if k not in shown and k not in found]
            for key in left:  # one, or none where another sum told it meanwhile
                found[key] = one
                for place in self.sums_of[key]:
                    missing[place] -= 1
                    if missing[place] == 1:
                        ready.append(place)
        return found

    def beside_small(
        self, one: Sum, worked_out: Mapping[Key, Sum], was_shown: set[Key], held_back: set[Key]
    ) -> set[Key]:
        """What more to hold back so that the parts of this whole that nobody reads are enough people."""
        shown = [key for key in one.parts if key in was_shown and key not in held_back]
        known = {*shown, *(k for k in one.parts if k in worked_out and _enough(self.people[k]))}
        unread, hidden = 0, 0
        for key in one.parts:
            if key not in known and self.people[key]:
                unread |= self.people[key]
                hidden += 1
        found: set[Key] = set()
        while not _enough(unread):
            more = self.least(key for key in shown if key not in found)
            if not more:  # one alone is looked into from where it is worked out
                whole = {one.whole} & was_shown - self.told
                return found | whole if hidden > 1 or found else set()
            found |= more
            unread |= self.people[next(iter(more))]
        return found

    def behind_small(self, worked_out: Mapping[Key, Sum], shown: set[Key]) -> set[Key]:
        """For each small figure that is worked out: something shown that it is worked out from."""
        found: set[Key] = set()
        for key in worked_out:
            if self.is_to_be_kept(key):
                behind = self._behind(key, worked_out, shown)
                if not behind & found:
                    found |= self.least(behind)
        return found

    def _behind(self, key: Key, worked_out: Mapping[Key, Sum], shown: set[Key]) -> set[Key]:
        found, waiting, seen = set(), [key], {key}
        while waiting:
            one = worked_out[waiting.pop()]
            for other in (one.whole, *one.parts):
                if other in shown:
                    found.add(other)
                elif other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return found

    def elsewhere(self, shown: set[Key]) -> set[Key]:
        """For each small figure that follows only from many sums together: something in its sums."""
        small = {key for key in self.follow(shown) if self.is_to_be_kept(key)}
        found: set[Key] = set()
        for key in sorted(small, key=repr):
            sums = [self.sums[place] for place in self.sums_of[key]]
            beside = {k for one in sums for k in (one.whole, *one.parts)} & shown
            if not beside & found:
                found |= self.least(beside)
        return found or (self.least(shown) if small else set())

    def follow(self, shown: Collection[Key]) -> set[Key]:
        equations = []
        for one in self.sums:
            terms = {key: -1 for key in one.parts if key not in shown}
            if one.whole not in shown:
                terms[one.whole] = 1
            if terms:
                equations.append(terms)
        return determined(equations)

    def is_to_be_kept(self, key: Key) -> bool:
        """A small figure, and not one that follows from what is told elsewhere anyway."""
        return not _enough(self.people[key]) and key not in self.given_away

    @cached_property
    def given_away(self) -> set[Key]:
        return self.follow(self.told) if self.told else set()
