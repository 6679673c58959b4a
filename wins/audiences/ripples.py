"""Who hears of ripples, and in which words (kernel.notices)."""

from __future__ import annotations

from django.urls import reverse

from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register
from systemschangers.kernel.paces import KINDNESS
from wins import events


def _place(event: Event) -> str:
    root = event.thing.root  # type: ignore[attr-defined]
    return f"{reverse('wins:ripples', args=[root])}#ripple-{event.target_id}"


def _first_words(event: Event) -> str:
    return event.thing.excerpt  # type: ignore[attr-defined]


def _who_told(event: Event) -> str:
    """In a lab somebody may go by another name, so nobody is named."""
    who = "A lab" if event.thing.told_in_a_lab else event.who  # type: ignore[attr-defined]
    return f"{who} told what came of something of yours."


def _session(event: Event) -> str:
    return reverse("wins:ripple_session", args=[event.target_id])


register(
    Notice(
        events.RIPPLE_SESSION_BEGUN,
        words=lambda event: "Your lab looks at what something led to.",
        url=_session,
        action="Add what you know of",
    ),
)
register(
    Notice(
        events.RIPPLE_TOLD,
        words=_who_told,
        quote=_first_words,
        url=_place,
        action="See what it led to",
        kind=KINDNESS,
    ),
    Notice(
        events.RIPPLE_TAKEN_BACK,
        words=lambda event: "A ripple you told was taken back.",
        quote=_first_words,
        url=_place,
        action="See where it was",
        by_email=False,
    ),
)
