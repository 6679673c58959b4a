"""Who meets whom in a match round: people in, groups out. Knows no database and no page.

What is sought, each before the next:

1. nobody sits with somebody of their own service, or with somebody they are to be kept apart from;
2. as many people as can be are in a group;
3. groups have the size asked for: in twos there is a trio only where somebody would be left over, in
   threes a pair only where the number does not divide;
4. the fewest pairs who were matched before;
5. the fewest pairs of one organisation;
6. the most pairs with a theme in common.

In twos this is a maximum-weight matching of maximum cardinality in a general graph: J. Edmonds, “Paths,
trees, and flowers”, Canadian Journal of Mathematics 17 (1965), as described in Z. Galil, “Efficient
algorithms for finding maximum matching in graphs”, ACM Computing Surveys 18 (1986), and implemented by
networkx (`max_weight_matching`). Whoever the matching leaves over joins a pair; when that would repeat a
pair, the matching is made anew without each other person in turn (see `twos`).

In threes the problem is NP-hard (partition into triangles, GT11 in Garey and Johnson, “Computers and
Intractability”, 1979). Up to a dozen people all ways are compared; more are placed by matching pairs,
then third people to the pairs, and by re-assigning one member of every group as long as that helps (the
iterated matching of Y. Crama and F. Spieksma, “Approximation algorithms for three-dimensional assignment
problems”, European Journal of Operational Research 60, 1992).

The same people, history and seed give the same groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from random import Random

from .rules import Outcome, Pair, Rules, Someone, pair
from .threes import in_threes
from .twos import in_twos

__all__ = ["Outcome", "Pair", "Rules", "Someone", "in_groups", "pair"]


def in_groups(
    people: Iterable[Someone],
    *,
    size: int,
    met: Collection[Pair] = frozenset(),
    apart: Collection[Pair] = frozenset(),
    seed: int,
) -> Outcome:
    """The groups, and whoever could not be placed with the reason in words.

    `met` are the pairs who were matched before, `apart` those who must not be. Raises ValueError for a
    size that is neither two nor three, and when somebody is named twice."""
    if size not in (2, 3):
        raise ValueError("groups are of two or three")
    order = sorted(people, key=lambda one: one.number)
    if len({one.number for one in order}) != len(order):
        raise ValueError("somebody is named twice")
    Random(seed).shuffle(order)  # noqa: S311 (chance here must be repeatable, not secret)
    rules = Rules(order, met=met, apart=apart)
    groups = in_twos(rules) if size == 2 else in_threes(rules)
    placed = {place for group in groups for place in group}
    return Outcome(
        groups=sorted(tuple(sorted(order[place].number for place in group)) for group in groups),
        left_out={
            order[place].number: rules.why_left_out(place)
            for place in range(len(order))
            if place not in placed
        },
    )
