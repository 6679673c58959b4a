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


register(
    Notice(
        events.RIPPLE_TOLD,
        words=lambda event: f"{event.who} told what came of something of yours.",  # type: ignore[attr-defined]
        quote=_first_words,
        url=_place,
        action="See what it led to",
        kind=KINDNESS,
    ),
    Notice(
        events.RIPPLE_TAKEN_BACK,
        words=lambda event: f"{event.who} took back a ripple you told of something of theirs.",  # type: ignore[attr-defined]
        quote=_first_words,
        url=_place,
        action="See where it was",
        by_email=False,
    ),
)
