"""Practices and borrowings: who hears, and in what words."""

from __future__ import annotations

from django.urls import reverse

from cohorts import events
from cohorts.models import Person, Practice
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register


def owners(practice: Practice, but: Person | None = None) -> list[Person]:
    """Those whose practice it is and who are still here."""
    here = Person.objects.here().filter(practices_owned__practice=practice)
    return list(here.exclude(pk=but.pk) if but is not None else here)


def _page(event: Event) -> str:
    return reverse("cohorts:practice", args=[event.target_id])


def _of_borrowing(event: Event) -> str:
    return str(event.thing.get_absolute_url())  # type: ignore[attr-defined]


def _told(event: Event) -> str:
    state = event.thing.get_state_display()  # type: ignore[attr-defined]
    return f"{event.who} says how borrowing your practice went: {state}."


register(
    Notice(
        events.PRACTICE_SENT,
        words=lambda event: f"{event.who} would like to publish what you compared, as a practice.",
        url=_page,
        action="Read it, and agree or ask for a change",
    ),
    Notice(
        events.PRACTICE_AGREED,
        words=lambda event: f"{event.who} agrees to publishing a practice of yours.",
        url=_page,
        action="See who else has to agree",
        by_email=False,
    ),
    Notice(
        events.PRACTICE_CHANGE_ASKED,
        words=lambda event: f"{event.who} would like something changed before it is published.",
        url=_page,
        action="Read what",
    ),
    Notice(
        events.PRACTICE_CHANGED,
        words=lambda event: f"{event.who} changed a practice of yours.",
        url=_page,
        action="Read it again",
    ),
    Notice(
        events.PRACTICE_PUBLISHED,
        words=lambda event: "All of you agreed: your practice is published.",
        url=_page,
        action="See its page",
    ),
    Notice(
        events.PRACTICE_TAKEN_BACK,
        words=lambda event: (
            f"{event.who} took a practice of yours back. Only its owners see it now."
        ),
        url=_page,
        action="See it",
    ),
    Notice(
        events.BORROWING_MARKED,
        words=lambda event: (
            f"{event.who} does what your practice says too."
            if event.data.get("we_do")
            else f"{event.who} borrows your practice."
        ),
        url=_of_borrowing,
        action="See where it has travelled",
        by_email=False,
    ),
    Notice(
        events.BORROWING_ASKED_HOW,
        words=lambda event: "Eight weeks ago you borrowed a practice. How did it go?",
        url=lambda event: reverse("cohorts:borrowing", args=[event.target_id]),
        action="Say how it went",
    ),
    Notice(events.BORROWING_TOLD, words=_told, url=_of_borrowing, action="Read how it went"),
)
