"""Proposed agreements on the decisions page."""

from __future__ import annotations

from datetime import datetime

from cohorts.decisions import Decision
from cohorts.models import ManagerAgreement, Person
from systemschangers.kernel.blanks import day_of

KIND = "agreement"
SINCE = "proposed_at"


def waiting(person: Person, now: datetime):
    return ManagerAgreement.objects.waiting_for(person, day_of(now))


def load(person: Person, keys: list[int], now: datetime) -> dict[int, Decision]:
    """One query."""
    found = ManagerAgreement.objects.filter(pk__in=keys).for_list().with_standing()
    return {
        agreement.pk: Decision(
            kind=KIND,
            thing=agreement,
            since=agreement.proposed_at,
            template="cohorts/decisions/_agreement.html",
            deputy_for=None if agreement.manager_id == person.pk else agreement.manager,
        )
        for agreement in found
    }
