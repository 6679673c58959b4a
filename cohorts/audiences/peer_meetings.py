"""Meetings across services: who hears, and in what words. No letter holds a question or a note.

Where a letter with the meeting for the calendar goes out (actions/peer_meetings/letters), the notice
stays on the page, so that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from cohorts import events
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, never_over, register, unless
from systemschangers.kernel.paces import NEWS, WAITS


def _page(event: Event) -> str:
    return reverse("cohorts:peer_meeting", args=[event.target_id])


def _note_form(event: Event) -> str:
    return reverse("cohorts:comparison_note", args=[event.target_id])


def _of_note(event: Event) -> str:
    return str(event.thing.get_absolute_url())  # type: ignore[attr-defined]


def _notice(
    verb: str,
    words: str | Callable[[Event], str],
    action: str,
    *,
    by_email: bool = True,
    waits_while: str = "",
) -> Notice:
    """`words` may be text in which {who} did it. `waits_while`: the state of the meeting in which it waits
    for whoever is told; in any other it has been answered."""
    said = words if callable(words) else lambda event: words.format(who=event.who)
    return Notice(
        verb,
        words=said,
        url=_page,
        action=action,
        by_email=by_email,
        kind=WAITS if waits_while else NEWS,
        over=unless(waits_while) if waits_while else never_over,
    )


def _invited(event: Event) -> str:
    visit = event.thing.kind == "visit"  # type: ignore[attr-defined]
    how = "would like to come along for half a day" if visit else "would like to compare notes"
    return f"{event.who} {how} with you."


register(
    _notice(events.PEER_INVITED, _invited, "Read the question, and answer", waits_while="invited"),
    _notice(
        events.PEER_PAIRED,
        "You have been paired with a worker of another service.",
        "See whom you meet, and propose dates",
        waits_while="invited",
    ),
    _notice(
        events.PEER_DATES_PROPOSED,
        "{who} proposes dates to meet.",
        "Say which suit",
        waits_while="dates_proposed",
    ),
    _notice(
        events.PEER_DATES_ANSWERED,
        "{who} said which dates suit. Now it is you.",
        "Pick a date",
        waits_while="dates_proposed",
    ),
    _notice(
        events.PEER_NONE_FITS,
        "None of the dates proposed fits {who}.",
        "Propose other dates",
        waits_while="invited",
    ),
    _notice(
        events.PEER_ARRANGED, "{who} picked a date: you meet.", "See when and where", by_email=False
    ),
    _notice(
        events.PEER_MOVED,
        "{who} can’t meet on that day. Find another.",
        "Propose other dates",
        by_email=False,
        waits_while="invited",
    ),
    _notice(
        events.PEER_CHANGED, "{who} changed a meeting you go to.", "See what is new", by_email=False
    ),
    _notice(events.PEER_DECLINED, "{who} said no to a meeting.", "See it"),
    _notice(events.PEER_CALLED_OFF, "{who} called off a meeting.", "See it"),
    _notice(
        events.PEER_JOINED,
        "{who} has a seat in your open meeting.",
        "See who comes",
        by_email=False,
    ),
    _notice(
        events.PEER_MOVED_UP,
        "A seat came free: you go to an open meeting you waited for.",
        "See when and where",
        by_email=False,
    ),
    _notice(
        events.PEER_LEFT,
        "{who} can’t come to a meeting you go to.",
        "See who comes",
        by_email=False,
    ),
    _notice(
        events.PEER_ASKED_WHETHER_HELD,
        "Did you meet? The day has passed.",
        "Say whether you met",
        waits_while="arranged",
    ),
    _notice(events.PEER_HELD, "{who} says that you met.", "Write down what you compared"),
    _notice(events.PEER_MISSED, "{who} says that the meeting did not happen.", "Find another day"),
    _notice(
        events.PEER_TRIED_AGAIN,
        "{who} would like to find another day.",
        "Propose dates",
        waits_while="invited",
    ),
    Notice(
        events.NOTE_REMINDED,
        words=lambda event: "You met. What did you compare? A line is enough.",
        url=_note_form,
        action="Write it down",
    ),
    Notice(
        events.NOTE_WRITTEN,
        words=lambda event: f"{event.who} wrote down what you compared.",
        url=_of_note,
        action="Read it",
    ),
    Notice(
        events.NOTE_ASKED_HOW,
        words=lambda event: "Four weeks ago you wanted to try something. Did you?",
        url=lambda event: reverse("cohorts:note_trying", args=[event.target_id]),
        action="Say how it went",
    ),
    Notice(
        events.NOTE_TRIED,
        words=lambda event: f"{event.who} tried what came of your meeting.",
        url=_of_note,
        action="Read how it went",
        by_email=False,
    ),
)
