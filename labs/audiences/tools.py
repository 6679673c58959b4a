"""Exercises: who hears, and in what words. Of a reflection nobody hears, ever."""

from __future__ import annotations

from django.urls import reverse

from labs import events
from systemschangers.kernel.notices import Notice, register
from systemschangers.kernel.paces import EXERCISE

register(
    Notice(
        events.CANVAS_SHARED,
        words=lambda event: f"{event.who} shared a thinking exercise with you.",
        quote=lambda event: event.thing.excerpt,  # type: ignore[attr-defined]
        url=lambda event: reverse("labs:canvas", args=[event.target_id]),
        action="Read it",
    ),
    Notice(
        events.WEEKLY_PROMPT_OFFERED,
        words=lambda event: "A five-minute exercise on something you logged this week.",
        url=lambda event: reverse("labs:weekly_prompt", args=[event.target_id]),
        action="See which, and on what",
        kind=EXERCISE,
    ),
)
