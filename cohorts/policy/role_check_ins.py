"""Who may do what with a check-in."""

from __future__ import annotations

from cohorts.models import Person, RoleCheckIn
from systemschangers.kernel.policy import YES, Verdict, no


def may_answer(person: Person, check_in: RoleCheckIn) -> Verdict:
    """`check_in` comes with its place."""
    if check_in.membership.person_id == person.pk:
        return YES
    return no("Only the person who is asked answers.")
