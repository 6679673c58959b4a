"""Who hears of outcomes, and in which words (kernel.notices)."""

from __future__ import annotations

from django.urls import reverse

from systemschangers.kernel.notices import Notice, register
from wins import events

SAID = {
    "agree": "Somebody who knows agrees with an outcome you wrote.",
    "partly": "Somebody who knows agrees in part with an outcome you wrote.",
    "disagree": "Somebody who knows does not agree with an outcome you wrote.",
}


register(
    Notice(
        events.SUBSTANTIATION_ANSWERED,
        words=lambda event: SAID[event.data["verdict"]],
        quote=lambda event: event.thing.comment,  # type: ignore[attr-defined]
        url=lambda event: reverse("wins:outcome", args=[event.thing.outcome_id]),  # type: ignore[attr-defined]
        action="Read their answer",
    ),
)
