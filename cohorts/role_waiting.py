"""Role statements that wait on a person, as rows for the home page. What a manager decides about stands
with their other decisions (cohorts.role_statement_decisions)."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import Person, RoleStatement
from cohorts.waiting import Row

MOST = 3


def roles_waiting(person: Person, now: datetime) -> list[Row]:
    """One's own that need talking through. One query."""
    found = RoleStatement.objects.filter(state=RoleStatement.State.TALK, worker=person)
    return [
        Row(
            "Your role statement needs talking through", one.get_absolute_url(), "Read why.", "note"
        )
        for one in found.order_by("proposed_at", "pk")[:MOST]
    ]
