"""Groups of three, and one or two pairs where the number does not divide."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random

from .rules import Group, Rules
from .twos import WIDTH, best_pairs, in_twos, some_edges

ALL_WAYS = 12
ATTEMPTS = 6
ATTEMPTS_OF_MANY = 2
MANY = 300
ROUNDS = 6

Price = tuple[int, int, int]


def in_threes(rules: Rules) -> list[Group]:
    """The best way found. Where threes leave more people out than twos would, twos."""
    if len(rules) <= ALL_WAYS:
        return _of_all_ways(rules)
    best: list[Group] | None = None
    for attempt in range(ATTEMPTS if len(rules) <= MANY else ATTEMPTS_OF_MANY):
        groups = _improved(rules, _attempted(rules, attempt))
        if best is None or _price(rules, groups) < _price(rules, best):
            best = groups
        if len(rules) == _placed(best) and not rules.repeats_in(best):
            break
    assert best is not None
    if _placed(best) < len(rules):
        twos = in_twos(rules)
        if _placed(twos) > _placed(best):
            return twos
    return best


def _placed(groups: list[Group]) -> int:
    return sum(map(len, groups))


def _price(rules: Rules, groups: list[Group]) -> Price:
    """Left out, then pairs among the groups, then what the groups cost."""
    pairs = sum(len(group) == 2 for group in groups)
    return (len(rules) - _placed(groups), pairs, rules.cost_of(groups))


def _of_all_ways(rules: Rules) -> list[Group]:
    """All ways compared, each set of people who are still to be placed looked at once."""

    @cache
    def best(left: frozenset[int]) -> tuple[Price, tuple[Group, ...]]:
        if not left:
            return (0, 0, 0), ()
        first, *others = sorted(left)
        price, groups = best(left - {first})
        found = ((price[0] + 1, *price[1:]), groups)
        choices: list[tuple[int, ...]] = [(first, other) for other in others]
        choices += [(first, *two) for two in combinations(others, 2)]
        for choice in choices:
            if rules.may_all(choice):
                price, groups = best(left.difference(choice))
                pairs = price[1] + (len(choice) == 2)
                whole = (price[0], pairs, price[2] + rules.cost_of([choice]))
                found = min(found, (whole, (*groups, choice)))
        return found

    return list(best(frozenset(range(len(rules))))[1])


def _attempted(rules: Rules, attempt: int) -> list[Group]:
    """Pairs by matching, then a third person for each pair by matching.

    Those of the largest services come third in the first attempt: two of them never fit one pair. In
    the attempts after that, whom chance picks. A group has one person of a service at most, so a large
    service makes more groups, and some of them pairs."""
    many = len(rules)
    groups = max(-(-many // 3), min(rules.most_in_one_service(), many // 2))
    order = list(range(many))
    if attempt:
        Random(attempt).shuffle(order)  # noqa: S311 (repeatable, not secret)
    else:
        crowd = rules.services
        order.sort(
            key=lambda place: -max((crowd[s] for s in rules.order[place].services), default=0)
        )
    thirds, rest = sorted(order[: many - 2 * groups]), sorted(order[many - 2 * groups :])
    width = None if many <= 150 else WIDTH
    return _assigned(rules, best_pairs(some_edges(rules, rest, width), rules.cost), thirds)


def _assigned(rules: Rules, pairs: list[Group], people: list[int]) -> list[Group]:
    """The pairs with one of `people` each, by matching people to pairs; pairs nobody fits stay pairs.

    Pairs are numbered after all places, so that both sides stand in one graph."""
    many = len(rules)
    edges = []
    prices = {}
    for person in people:
        fits = [
            (rules.cost(person, two[0]) + rules.cost(person, two[1]), (two[0] - person) % many, at)
            for at, two in enumerate(pairs)
            if rules.may(person, two[0]) and rules.may(person, two[1])
        ]
        for price, _, at in sorted(fits)[: None if many <= 150 else WIDTH]:
            edges.append((person, many + at))
            prices[person, many + at] = price
    thirds = {at - many: person for person, at in best_pairs(edges, lambda a, b: prices[a, b])}
    return [
        tuple(sorted((*two, thirds[at]))) if at in thirds else two for at, two in enumerate(pairs)
    ]


def _improved(rules: Rules, groups: list[Group]) -> list[Group]:
    """One member taken out of every trio, and all of them and those left over assigned anew; kept when
    it is better. Which member changes from turn to turn."""
    idle = 0
    for turn in range(3 * ROUNDS):
        if idle == 3 or (_placed(groups) == len(rules) and not rules.repeats_in(groups)):
            break
        placed = {place for group in groups for place in group}
        out = [place for place in range(len(rules)) if place not in placed]
        pairs = []
        for group in groups:
            if len(group) == 3:
                out.append(group[turn % 3])
                pairs.append(tuple(place for place in group if place != group[turn % 3]))
            else:
                pairs.append(group)
        anew = _assigned(rules, pairs, sorted(out))
        if _price(rules, anew) < _price(rules, groups):
            groups, idle = anew, 0
        else:
            idle += 1
    return groups
