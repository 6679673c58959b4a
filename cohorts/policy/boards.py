from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no


def may_change_boards(person: Person) -> Verdict:
    """Setting boards up, changing and retiring them: whoever keeps the list of leaders."""
    if person.is_staff or person.reach.is_programme_staff:
        return YES
    return no("Only programme staff and administrators can change the list of boards. Ask them.")
