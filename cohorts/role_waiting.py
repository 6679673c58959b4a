"""Role statements that wait on a person, as rows for the home page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from cohorts.models import Deputyship, Person, RoleStatement
from cohorts.waiting import Found, Group, Kind, Row, each
from systemschangers.kernel.blanks import day_of


def _statements(person: Any, now: Any) -> Any:
    """To decide, as manager or as today's deputy; and one's own that need talking through."""
    state = RoleStatement.State
    away = Deputyship.objects.filter(deputy=person).on(day_of(now)).values("person")
    to_decide = Q(manager=person) | Q(manager__in=away)
    return RoleStatement.objects.filter(
        Q(state=state.PROPOSED) & to_decide & ~Q(worker=person) | Q(state=state.TALK, worker=person)
    )


def _row(one: Found, person: Person, now: datetime) -> Row:
    url, worker = reverse("cohorts:role_statement", args=[one.thing]), one.said["worker"]
    if one.said["worker_id"] == person.pk:
        label = "Your role statement needs talking through"
        return Row(label, url, "Read why.", "note", since=one.since)
    label, hint = f"{worker} has written down their role", "Read it, and say if you agree."
    return Row(label, url, hint, "note", Group.OTHERS, one.since)


SINCE = Coalesce(F("decided_at"), F("proposed_at"), F("made_at"))
KINDS = (
    Kind("role", _statements, SINCE, each(_row), {"worker_id": "worker", "worker": "worker__name"}),
)
