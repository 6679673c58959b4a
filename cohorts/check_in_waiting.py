"""The check-in that waits on a person, as a row for the home page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person, RoleCheckIn
from cohorts.waiting import Found, Kind, Row


def _check_ins(person: Any, now: Any) -> Any:
    return RoleCheckIn.objects.visible_to(person).waiting(now)


def _rows(found: list[Found], person: Person, now: datetime) -> list[Row]:
    """The latest moment first: what it asks is of today."""
    latest = sorted(found, key=lambda one: -one.said["moment"])
    return [
        Row(
            "Where are you now?",
            reverse("cohorts:role_check_in", args=[one.thing]),
            "Three questions, one minute.",
            "note",
            since=one.since,
        )
        for one in latest
    ]


KINDS = (Kind("check_in", _check_ins, "asked_at", _rows, {"moment": "moment"}),)
