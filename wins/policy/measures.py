from __future__ import annotations

from typing import Any

from django.utils.text import get_text_list

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Measure

from .things import is_far_enough, is_keeper, keepers

MOST_MEASURES = 6


def may_measure(person: Person, thing: Any) -> Verdict:
    """Only whose thing it is: who wrote the win, who owns the practice. Once it is logged, or published."""
    if not is_keeper(person, thing):
        return no(f"Only {_names(thing)} can measure this.")
    far_enough = is_far_enough(thing)
    if not far_enough:
        return far_enough
    if len(thing.measures.all()) >= MOST_MEASURES:
        return no(f"{MOST_MEASURES} things are measured here, which is the most. Remove one first.")
    return YES


def may_keep(person: Person, measure: Measure) -> Verdict:
    """Change a measure, and write its figures down."""
    if not is_keeper(person, measure.thing):
        return no(f"Only {_names(measure.thing)} can keep these figures.")
    return YES


def _names(thing: Any) -> str:
    return get_text_list([one.name for one in keepers(thing)], "and") or "whose it is"
