"""Role statements that wait on a person, as rows for the home page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from cohorts.models import Deputyship, Person, RoleStatement
from cohorts.waiting import Row

MOST = 3


def roles_waiting(person: Person, now: datetime) -> list[Row]:
    """To decide, as manager or as today's deputy; and one's own that need talking through. One query."""
    state = RoleStatement.State
    away = Deputyship.objects.filter(deputy=person).on(timezone.localdate(now)).values("person")
    to_decide = Q(manager=person) | Q(manager__in=away)
    found = RoleStatement.objects.filter(
        Q(state=state.PROPOSED) & to_decide & ~Q(worker=person) | Q(state=state.TALK, worker=person)
    )
    return [_row(one, person) for one in found.for_list().order_by("proposed_at", "pk")[:MOST]]


def _row(one: RoleStatement, person: Person) -> Row:
    if one.worker_id == person.pk:
        label, hint = "Your role statement needs talking through", "Read why."
    else:
        label, hint = f"{one.worker} has written down their role", "Read it, and say if you agree."
    return Row(label, one.get_absolute_url(), hint, "note")
