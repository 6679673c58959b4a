from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Win


def may_appreciate(person: Person, win: Win) -> Verdict:
    """Anybody who sees a logged win, but its author."""
    if win.author_id == person.pk:
        return no("This is your own win. Others can thank you for it.")
    if win.state != Win.State.LOGGED:
        return no("This win is not on the wall at the moment.")
    return YES
