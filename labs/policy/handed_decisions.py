"""Who hands a decision down, and who takes it back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.line_managers import is_deputy_for
from cohorts.models import Person
from labs.models import HandedDecision
from systemschangers.kernel.policy import YES, Verdict, no


def may_take_back(person: Person, handed: HandedDecision, at: datetime) -> Verdict:
    """The leader and their deputy; programme staff for a leader who has no account."""
    leader = handed.leader
    if leader.person_id is None:
        if person.reach.is_programme_staff:
            return YES
        return no(f"{leader.name} has no account here. Programme staff do this for them.")
    day = timezone.localdate(at)
    if leader.person_id == person.pk or is_deputy_for(person, leader.person_id, day):
        return YES
    return no(f"Only {leader.name}, who handed it down, takes it back.")
