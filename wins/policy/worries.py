from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Win, Worry


def may_raise_worry(person: Person, win: Win) -> Verdict:
    if win.author_id == person.pk:
        return no("This is your own win. You can change it or take it back.")
    if win.state != Win.State.LOGGED:
        return no("This win is not on the wall at the moment.")
    return YES


def may_read_worries(person: Person) -> Verdict:
    if not person.reach.is_programme_staff:
        return no("Only programme staff read what others worry about.")
    return YES


def may_answer_worry(person: Person, worry: Worry) -> Verdict:
    """Programme staff; never about one's own win, and never one's own worry."""
    if not person.reach.is_programme_staff:
        return no("Only programme staff answer worries.")
    if worry.win.author_id == person.pk:
        return no("This is about your own win, so somebody else has to answer it.")
    if worry.raised_by_id == person.pk:
        return no("You raised this yourself, so somebody else has to answer it.")
    return YES
