from __future__ import annotations

from cohorts.models import Leader, Person
from systemschangers.kernel.policy import YES, Verdict, no


def may_change_leaders(person: Person) -> Verdict:
    """Adding, changing and retiring leaders."""
    if person.is_staff or person.reach.is_programme_staff:
        return YES
    return no("Only programme staff and administrators can change the list of leaders. Ask them.")


def may_change_leader(person: Person, leader: Leader) -> Verdict:
    """Those who keep the list, and the leader about themselves."""
    return YES if leader.person_id == person.pk else may_change_leaders(person)
