from __future__ import annotations

from typing import Any

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Measure

from .things import is_far_enough, is_keeper, names_of_keepers

MOST_MEASURES = 6


def may_measure(person: Person, thing: Any) -> Verdict:
    """Only whose thing it is: who wrote the win, who owns the practice, who is in the lab."""
    if not is_keeper(person, thing):
        return no(f"Only {names_of_keepers(thing)} can measure this.")
    far_enough = is_far_enough(thing)
    if not far_enough:
        return far_enough
    if len(thing.measures.all()) >= MOST_MEASURES:
        return no(f"{MOST_MEASURES} things are measured here, which is the most. Remove one first.")
    return YES


def may_keep(person: Person, measure: Measure) -> Verdict:
    """Change a measure, and write its figures down."""
    if not is_keeper(person, measure.thing):
        return no(f"Only {names_of_keepers(measure.thing)} can keep these figures.")
    return YES
