from __future__ import annotations

from typing import Any

from cohorts.models import Person
from labs.models import Lab, LabMember
from labs.policy.labs import may_write, seat_of
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import RippleSession

from .things import is_far_enough, sees


def may_begin(person: Person, lab: Lab, thing: Any) -> Verdict:
    """A member of a lab that goes on, with a thing that everybody in it sees."""
    may = may_write(seat_of(person, lab), lab)
    if not may:
        return may
    far_enough = is_far_enough(thing)
    if not far_enough:
        return far_enough
    seats = LabMember.objects.today().filter(lab=lab).select_related("person")
    if not all(sees(seat.person, thing) for seat in seats):
        return no("Not everybody in this lab can see it. Choose something that all of you can see.")
    return YES


def may_tell_in(person: Person, session: RippleSession, root: str) -> Verdict:
    """Members, about the thing the lab chose, while the session goes on."""
    if session.root != root:
        return no("Your lab looks at something else in this session.")
    may = may_write(seat_of(person, session.lab), session.lab)
    if may and not session.is_going:
        return no("This session has ended. You can take it up again.")
    return may


def may_end(person: Person, session: RippleSession) -> Verdict:
    return may_write(seat_of(person, session.lab), session.lab)
