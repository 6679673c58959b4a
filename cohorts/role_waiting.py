"""Role statements that wait on a person, as rows for the home page. What a manager decides about stands
with their other decisions (cohorts.role_statement_decisions)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person, RoleStatement
from cohorts.waiting import Found, Kind, Row, each


def _statements(person: Any, now: Any) -> Any:
    """One's own that need talking through."""
    return RoleStatement.objects.filter(state=RoleStatement.State.TALK, worker=person)


def _row(one: Found, person: Person, now: datetime) -> Row:
    label = "Your role statement needs talking through"
    url = reverse("cohorts:role_statement", args=[one.thing])
    return Row(label, url, "Read why.", "note", since=one.since)


KINDS = (Kind("role", _statements, "decided_at", each(_row)),)
