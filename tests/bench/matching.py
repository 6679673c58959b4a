"""Measures how long a match round takes to work out. Needs no database.

    python -m tests.bench.matching            1,000 people, in twos and in threes
    python -m tests.bench.matching --people 200

Three rounds have gone before. The last two lines are the hardest we know of: an odd number, and one
service with half of all people, where it shows only at the end who must be left out."""

from __future__ import annotations

import argparse
import sys
import time
from itertools import combinations
from random import Random

from cohorts.matching import Outcome, Pair, Someone, in_groups, pair

PROMISED = 5.0  # seconds, for 1,000 people of sixty services
SERVICES, THEMES, ROUNDS_BEFORE = 60, 14, 3


def people(many: int, crowd: float, chance: Random) -> list[Someone]:
    """Dealt to sixty services, four to an organisation, with two themes each; `crowd` of them in one."""
    found = []
    for number in range(many):
        service = 0 if chance.random() < crowd else chance.randrange(SERVICES)
        themes = frozenset(chance.sample(range(THEMES), 2))
        found.append(Someone(number, frozenset({service}), frozenset({service // 4}), themes))
    return found


def pairs_in(outcome: Outcome) -> set[Pair]:
    return {pair(a, b) for group in outcome.groups for a, b in combinations(group, 2)}


def measure(what: str, many: int, size: int, crowd: float = 0.0) -> float:
    chance = Random(7)
    here = people(many, crowd, chance)
    met: set[Pair] = set()
    for seed in range(ROUNDS_BEFORE):
        met |= pairs_in(in_groups(here, size=size, met=met, seed=seed))
    apart = {pair(*chance.sample(range(many), 2)) for _ in range(many // 50)}
    started = time.perf_counter()
    outcome = in_groups(here, size=size, met=met, apart=apart, seed=11)
    seconds = time.perf_counter() - started
    again = len(met & pairs_in(outcome))
    print(
        f"{what:<38}{seconds:6.2f} s   {len(outcome.groups)} groups, {again} repeats, "
        f"{len(outcome.left_out)} left out",
        flush=True,
    )
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.matching", description="How long a round takes.")
    parser.add_argument("--people", type=int, default=1_000)
    many = parser.parse_args().people
    usual = measure(f"{many} people in twos", many, 2)
    usual = max(usual, measure(f"{many} people in threes", many, 3))
    measure(f"{many + 1} people in twos", many + 1, 2)
    measure(f"{many} people, half in one service", many, 2, crowd=0.5)
    kept = usual < PROMISED
    print(f"promised: {PROMISED:.0f} s for 1,000 people: {'kept' if kept else 'NOT KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
