"""Match rounds: whoever is in one hears whom they meet, or why nobody this time.

Who they meet and why goes out in a letter of its own (actions/match_telling), so that notice stays on the
page. That somebody is not to be paired with somebody is told to nobody."""

from __future__ import annotations

from django.urls import reverse

from cohorts import events
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register


def _page(event: Event) -> str:
    return reverse("cohorts:match_place", args=[event.target_id])


register(
    Notice(
        events.MATCH_MADE,
        words=lambda event: "You have been brought together with a worker of another service.",
        url=_page,
        action="See whom you meet, and find a date",
        by_email=False,
    ),
    Notice(
        events.MATCH_LEFT_OUT,
        words=lambda event: f"No match for you this time. {event.thing.left_out}",  # type: ignore[attr-defined]
        url=_page,
        action="See why, and what you can do",
    ),
)
