from __future__ import annotations

from datetime import date

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import PulseTurn


def may_answer(person: Person, quarter: date) -> Verdict:
    """Whoever holds a post, once a round."""
    if not person.reach.kinds:
        return no("The pulse asks people who have a job in a service here.")
    if PulseTurn.objects.filter(person=person, round=quarter).exists():
        return no("You have answered this time. Each person answers once.")
    return YES
