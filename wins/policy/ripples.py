from __future__ import annotations

from typing import Any

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Ripple

from .things import is_far_enough, is_keeper, sees

MOST_RIPPLES = 200


def may_tell(person: Person, thing: Any) -> Verdict:
    """Whoever sees a thing may say what it led to: often others know. It bears their name."""
    if not sees(person, thing):
        return no("You can only tell of what you can see.")
    return is_far_enough(thing)


def may_tell_on(person: Person, ripple: Ripple) -> Verdict:
    """What a ripple led to in turn."""
    if not ripple.is_shown:
        return no("This was taken back, so nothing can be added to it.")
    return may_tell(person, ripple.thing)


def may_edit_ripple(person: Person, ripple: Ripple) -> Verdict:
    if ripple.told_by_id != person.pk:
        return no("Only the person who told this can change it.")
    if not ripple.is_shown:
        return no("This was taken back. Put it back first.")
    return YES


def may_take_back_ripple(person: Person, ripple: Ripple) -> Verdict:
    """Who told it; and whose thing it is told about."""
    if person.pk == ripple.told_by_id or is_keeper(person, ripple.thing):
        return YES
    return no("Only the person who told this, or whose thing it is, can take it back.")


def may_put_back_ripple(person: Person, ripple: Ripple) -> Verdict:
    """Whoever took it back."""
    if ripple.taken_back_by_id not in (None, person.pk):
        return no("Somebody else took this back. Only they can put it back.")
    return may_take_back_ripple(person, ripple)
