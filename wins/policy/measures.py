from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Measure, Win

MOST_MEASURES = 6


def may_measure(person: Person, win: Win) -> Verdict:
    """Only who wrote the win; once it is logged."""
    if win.author_id != person.pk:
        return no("Only the person who wrote a win can measure it.")
    if win.state != Win.State.LOGGED:
        return no("Log the win first. Then you can measure what it changes.")
    if len(win.measures.all()) >= MOST_MEASURES:
        return no(f"A win has {MOST_MEASURES} measures at most. Remove one first.")
    return YES


def may_keep(person: Person, measure: Measure) -> Verdict:
    """Change a measure, and write its figures down."""
    if measure.win.author_id != person.pk:
        return no(f"Only {measure.win.author} keeps these figures.")
    return YES
