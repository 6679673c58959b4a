"""Proposed role statements on the decisions page."""

from __future__ import annotations

from datetime import datetime

from cohorts.decisions import Decision
from cohorts.models import Person, RoleStatement
from systemschangers.kernel.blanks import day_of

KIND = "role"
SINCE = "proposed_at"


def waiting(person: Person, now: datetime):
    return RoleStatement.objects.waiting_for(person, day_of(now))


def load(person: Person, keys: list[int], now: datetime) -> dict[int, Decision]:
    """Two queries: the statements, and their lines."""
    found = RoleStatement.objects.filter(pk__in=keys).for_detail()
    return {
        statement.pk: Decision(
            kind=KIND,
            thing=statement,
            since=statement.proposed_at,  # type: ignore[arg-type]  # what is proposed has it
            template="cohorts/decisions/_role_statement.html",
            deputy_for=None if statement.manager_id == person.pk else statement.manager,
        )
        for statement in found
    }
