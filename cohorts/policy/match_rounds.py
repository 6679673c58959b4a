"""Who may run match rounds. Everybody decides alone whether they are found and whom they are kept from."""

from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no


def may_run_rounds(person: Person) -> Verdict:
    """Programme staff. Not administrators: a round shows who stands where with whom."""
    if person.reach.is_programme_staff:
        return YES
    return no("Only programme staff can run match rounds. Ask one of them.")
