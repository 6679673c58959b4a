"""Groups of two, and a trio where somebody would be left over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .rules import Group, Rules

# So many people are matched with every possible partner weighed; of more, each with the best WIDTH first.
ALL_WEIGHED = 150
WIDTH = 12
# So many people may each in turn be the one who joins a pair; of more, the first TRIES.
ALL_TRIED = 60
TRIES = 10


def in_twos(rules: Rules) -> list[Group]:
    """The most people in pairs, the fewest repeats, and whoever is over in trios."""
    everybody = range(len(rules))
    groups = _pairs(rules)
    paired = {place for group in groups for place in group}
    over = [place for place in everybody if place not in paired]
    if over and len(over) == 2 * rules.most_in_one_service() - len(rules):
        # One service is so large that every pair holds one of its people: no trio helps (by the
        # Tutte-Berge formula the others are all in every maximum matching).
        return groups
    for place in over:
        groups = _with_one_more(rules, groups, place)
    return groups


def best_pairs(
    candidates: Iterator[tuple[int, int]] | Sequence[tuple[int, int]], cost: Callable
) -> list[Group]:
    """Maximum cardinality first, then least cost, by Edmonds’ blossoms (networkx)."""
    import networkx  # only when a round is drawn: a web process stays small

    edges = [(a, b, cost(a, b)) for a, b in candidates]
    dearest = max((edge[2] for edge in edges), default=0)
    graph = networkx.Graph()
    graph.add_weighted_edges_from((a, b, dearest - price) for a, b, price in edges)
    matching = networkx.max_weight_matching(graph, maxcardinality=True)
    return sorted(tuple(sorted(edge)) for edge in matching)


def some_edges(
    rules: Rules, people: Sequence[int], width: int | None = None
) -> list[tuple[int, int]]:
    """Who may be with whom among these people, in a fixed order; with a width, each with their best."""
    if width is None:
        return [(a, b) for at, a in enumerate(people) for b in people[at + 1 :] if rules.may(a, b)]
    found = {(min(a, b), max(a, b)) for a in people for b in rules.nearest(a, people, width)}
    return sorted(found)


def _pairs(rules: Rules) -> list[Group]:
    """A narrow choice first. When it does not show by itself that nothing better exists (nobody over
    beyond what no choice could help, no repeat), every possible partner is weighed."""
    everybody = range(len(rules))
    if len(rules) > ALL_WEIGHED:
        pairs = best_pairs(some_edges(rules, everybody, WIDTH), rules.cost)
        over = len(rules) - 2 * len(pairs)
        unavoidable = max(len(rules) % 2, 2 * rules.most_in_one_service() - len(rules))
        if over <= unavoidable and not rules.repeats_in(pairs):
            return pairs
    return best_pairs(some_edges(rules, everybody), rules.cost)


def _with_one_more(rules: Rules, groups: list[Group], over: int) -> list[Group]:
    """The groups with `over` in one of them: the best way found, or as they were when there is none."""
    trios = [group for group in groups if len(group) > 2]
    pairs: list[Group] = [group for group in groups if len(group) == 2]
    fewest = rules.repeats_in(pairs)
    best = _joined(rules, pairs, over)
    if best is None or rules.repeats_in(best) > fewest:
        for anew in _matched_anew(rules, pairs, over):
            if best is None or rules.cost_of(anew) < rules.cost_of(best):
                best = anew
            if rules.repeats_in(best) <= fewest:
                break
    return groups if best is None else sorted(trios + best)


def _joined(rules: Rules, pairs: list[Group], third: int) -> list[Group] | None:
    """The pairs with `third` in the one they fit best."""
    joins = [
        (rules.cost(third, a) + rules.cost(third, b), (third - a) % len(rules), at)
        for at, (a, b) in enumerate(pairs)
        if rules.may(third, a) and rules.may(third, b)
    ]
    if not joins:
        return None
    at = min(joins)[2]
    trio = tuple(sorted((*pairs[at], third)))
    return [*pairs[:at], trio, *pairs[at + 1 :]]


def _matched_anew(rules: Rules, pairs: list[Group], over: int) -> Iterator[list[Group]]:
    """For each person in turn, as the one who joins: everybody else in pairs with the fewest repeats,
    and among those the matching with a pair whom that person can join, with no repeat if there is one.

    A trio a, b, c with the others in pairs is a matching without c in which a and b are a pair. So if
    everybody can be placed without a repeat, one of these finds it."""
    people = sorted([over, *(place for group in pairs for place in group)])
    in_turn = [over, *(place for place in people if place != over)]
    for third in in_turn if len(people) <= ALL_TRIED else in_turn[:TRIES]:
        rest = [place for place in people if place != third]
        width = None if len(rest) <= ALL_WEIGHED else WIDTH
        edges = some_edges(rules, rest, width)
        welcome = {
            (a, b): 3 - (a in rules.met[third]) - (b in rules.met[third])
            for a, b in edges
            if rules.may(third, a) and rules.may(third, b)
        }
        if not welcome:
            continue

        def price(a: int, b: int, welcome: dict = welcome) -> int:
            """A repeat first, then that the third can join (zero repeats, one, two), then the rest."""
            repeats, rest = divmod(rules.cost(a, b), rules.repeat)
            joins = 3 - welcome.get((a, b), 0)
            return (repeats * 2 * rules.layer + joins) * rules.repeat + rest

        anew = best_pairs(edges, price)
        if 2 * len(anew) == len(rest) and (joined := _joined(rules, anew, third)):
            yield joined
