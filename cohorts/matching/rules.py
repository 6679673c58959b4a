"""What is asked of a group, as a figure: what may never be, and what each thing less wished costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Pair = frozenset[int]
Group = tuple[int, ...]

ALONE = "Nobody else is in this round."
ONE_SERVICE = "Everybody else in this round works in the same service."
NOBODY_LEFT = "There was nobody left to meet this time."


def pair(one: int, other: int) -> Pair:
    return frozenset((one, other))


@dataclass(frozen=True)
class Someone:
    """A person as a round sees them. Numbers stand for people, services, organisations and themes."""

    number: int
    services: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """`groups` by the numbers of their people; `left_out`: the reason in words, which names nobody."""

    groups: list[Group]
    left_out: dict[int, str]


class Rules:
    """People by their place in an order that chance gave them, and what it costs to put two together.

    A cost is one figure in three layers, so that no number of lesser things outweighs a greater one: a
    repeat; one organisation; no theme in common."""

    def __init__(
        self, order: Sequence[Someone], *, met: Collection[Pair], apart: Collection[Pair]
    ) -> None:
        self.order = order
        self.layer = 3 * len(order) + 1
        self.repeat = self.layer * self.layer
        places = {one.number: place for place, one in enumerate(order)}
        # Sets as the bits of a number: a thousand people are half a million pairs to look at.
        self._services = self._bits([one.services for one in order])
        self._organisations = self._bits([one.organisations for one in order])
        self._themes = self._bits([one.themes for one in order])
        self.met = self._among(met, places)
        self.apart = self._among(apart, places)
        self.services = Counter(service for one in order for service in one.services)

    @staticmethod
    def _bits(sets: list[frozenset[int]]) -> list[int]:
        places = {number: place for place, number in enumerate(sorted(frozenset().union(*sets)))}
        return [sum(1 << places[number] for number in numbers) for numbers in sets]

    @staticmethod
    def _among(pairs: Collection[Pair], places: dict[int, int]) -> list[set[int]]:
        """For each place the places it is paired with; people who are not in the round fall out."""
        partners: list[set[int]] = [set() for _ in places]
        for numbers in pairs:
            here = [places[number] for number in numbers if number in places]
            if len(here) == 2:
                partners[here[0]].add(here[1])
                partners[here[1]].add(here[0])
        return partners

    def __len__(self) -> int:
        return len(self.order)

    def may(self, a: int, b: int) -> bool:
        """Never somebody of the same service, never two who are kept apart."""
        return not self._services[a] & self._services[b] and b not in self.apart[a]

    def cost(self, a: int, b: int) -> int:
        cost = 0 if self._themes[a] & self._themes[b] else 1
        if self._organisations[a] & self._organisations[b]:
            cost += self.layer
        return cost + self.repeat if b in self.met[a] else cost

    def may_all(self, group: Iterable[int]) -> bool:
        return all(self.may(a, b) for a, b in combinations(group, 2))

    def cost_of(self, groups: Iterable[Group]) -> int:
        return sum(self.cost(a, b) for group in groups for a, b in combinations(group, 2))

    def repeats_in(self, groups: Iterable[Group]) -> int:
        return self.cost_of(groups) // self.repeat

    def most_in_one_service(self) -> int:
        return max(self.services.values(), default=0)

    def why_left_out(self, place: int) -> str:
        """In words that tell nothing of who is kept apart from whom."""
        if len(self) == 1:
            return ALONE
        others = (other for other in range(len(self)) if other != place)
        if all(self._services[place] & self._services[other] for other in others):
            return ONE_SERVICE
        return NOBODY_LEFT

    def nearest(self, place: int, others: Sequence[int], most: int) -> list[int]:
        """The cheapest of `others` for this place, and half as many with whom it would be no repeat.

        Going round the circle from this place, and not always from the first: else everybody would reach
        for the same few. Without the second lot, people whom nobody’s cheapest few hold are left over."""
        fits = []
        for other in others:
            if other != place and self.may(place, other):
                fits.append((self.cost(place, other), (other - place) % len(self), other))
        fits.sort()
        anew = sorted(fit[1:] for fit in fits if fit[0] < self.repeat)
        return [fit[2] for fit in fits[:most]] + [fit[1] for fit in anew[: most // 2]]
