"""The exercise of the week, as a row for the home page of whoever asked for one."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import Person
from cohorts.waiting import Row
from labs.models import WeeklyPrompt


def exercises_waiting(person: Person, now: datetime) -> list[Row]:
    """One at most, until it is begun, left for this week, or the week is over. One query."""
    prompts = WeeklyPrompt.objects.visible_to(person).open_on(now).select_related("tool")
    return [
        Row(
            f"Five minutes: {prompt.tool.title}",
            prompt.get_absolute_url(),
            "The weekly exercise you asked for. You can stop it there.",
            "note",
        )
        for prompt in prompts
    ]
