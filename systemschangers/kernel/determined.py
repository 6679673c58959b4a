"""Which unknown figures follow from known ones by any adding and taking away, sum upon sum.

Sums of known and unknown figures are linear equations. An unknown is determined if it is nought in every
solution in which all that is known is nought; so one such solution, drawn by chance in the integers modulo
a large prime, tells all that are (that it misses one, or makes one up, is as likely as drawing one number
out of two trillion million: Schwartz 1980, “Fast probabilistic algorithms for verification of polynomial
identities”). The solution is found by Gaussian elimination, the unknown that is in the fewest equations
first (Markowitz 1957), so that few new terms come up."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from random import Random

PRIME = 2**61 - 1
Equation = dict[Hashable, int]


def determined(equations: Iterable[Mapping[Hashable, int]]) -> set[Hashable]:
    """`equations` are of unknowns alone, each with how often it is added (1) or taken away (-1)."""
    rows: list[Equation] = [{key: n % PRIME for key, n in one.items()} for one in equations]
    solved = _eliminated(rows)
    values: dict[Hashable, int] = {}
    chance = Random(20_261_128)  # noqa: S311 (nothing secret: any numbers do)
    for pivot, row in reversed(solved):
        total = 0
        for key, times in row.items():
            if key != pivot:
                if key not in values:
                    values[key] = chance.randrange(1, PRIME)
                total += times * values[key]
        values[pivot] = -total * pow(row[pivot], -1, PRIME) % PRIME
    return {key for key, value in values.items() if not value}


def _eliminated(rows: list[Equation]) -> list[tuple[Hashable, Equation]]:
    """Each unknown that was solved for, with its equation, in the order in which they went."""
    within: dict[Hashable, set[int]] = defaultdict(set)
    for place, row in enumerate(rows):
        for key in row:
            within[key].add(place)
    number = {key: n for n, key in enumerate(within)}
    keys = list(within)
    waiting = [(len(places), number[key]) for key, places in within.items()]
    heapq.heapify(waiting)
    solved = []
    while waiting:
        many, n = heapq.heappop(waiting)
        key = keys[n]
        places = within.get(key)
        if not places or len(places) != many:
            continue  # gone, or no longer in as many: it stands further down
        first = min(places, key=lambda place: (len(rows[place]), place))
        row, touched = rows[first], set(rows[first])
        for place in places - {first}:
            _take_away(rows[place], row, key, place, within)
        for other in row:
            within[other].discard(first)
        for other in touched:
            if within[other]:
                heapq.heappush(waiting, (len(within[other]), number[other]))
        within[key] = set()
        solved.append((key, row))
    return solved


def _take_away(
    other: Equation, row: Equation, key: Hashable, place: int, within: dict[Hashable, set[int]]
) -> None:
    """From an equation as many times `row` as it takes for `key` to go."""
    times = other[key] * pow(row[key], -1, PRIME) % PRIME
    for one, n in row.items():
        left = (other.get(one, 0) - times * n) % PRIME
        if left:
            other[one] = left
            within[one].add(place)
        else:
            other.pop(one, None)
            within[one].discard(place)
