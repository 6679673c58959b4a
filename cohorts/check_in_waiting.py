"""The check-in that waits on a person, as a row for the home page."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import Person, RoleCheckIn
from cohorts.waiting import Row

MOST = 2


def check_ins_waiting(person: Person, now: datetime) -> list[Row]:
    """One query."""
    found = RoleCheckIn.objects.visible_to(person).waiting(now).order_by("-moment", "pk")
    return [
        Row("Where are you now?", one.get_absolute_url(), "Three questions, one minute.", "note")
        for one in found[:MOST]
    ]
