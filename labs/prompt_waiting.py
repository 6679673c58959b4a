"""The exercise of the week, as a row for the home page of whoever asked for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, each
from labs.models import WeeklyPrompt


def _prompts(person: Any, now: Any) -> Any:
    """One at most, until it is begun, left for this week, or the week is over."""
    return WeeklyPrompt.objects.visible_to(person).open_on(now)


def _row(one: Found, person: Person, now: datetime) -> Row:
    label = f"Five minutes: {one.said['tool']}"
    url = reverse("labs:weekly_prompt", args=[one.thing])
    hint = "The weekly exercise you asked for. You can stop it there."
    return Row(label, url, hint, "note", Group.WEEK, one.since)


KINDS = (Kind("prompt", _prompts, "offered_at", each(_row), {"tool": "tool__title"}),)
