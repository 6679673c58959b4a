"""Check-ins, role statements and adoptions: who hears, and in what words.

The letter that asks a check-in is written apart, with its link (cohorts.check_in_letters)."""

from __future__ import annotations

from django.urls import reverse

from cohorts import events
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import WAITS

from .by_link import ROLE, to_decide


def _check_in(event: Event) -> str:
    return reverse("cohorts:role_check_in", args=[event.target_id])


def _answered(event: Event) -> bool:
    return event.thing.answered_at is not None  # type: ignore[attr-defined]


def _statement(event: Event) -> str:
    return reverse("cohorts:role_statement", args=[event.target_id])


def _adoption(event: Event) -> str:
    return reverse("cohorts:clause_adoption", args=[event.target_id])


register(
    Notice(
        events.STATEMENT_PROPOSED,
        words=lambda event: f"{event.who} has written what belongs to their role, for you to read.",
        url=_statement,
        action="Read it, and say if you agree",
        kind=WAITS,
        over=unless("proposed"),
        by_link=to_decide(ROLE),
    ),
    Notice(
        events.STATEMENT_AGREED,
        words=lambda event: f"{event.who} has agreed to a role statement.",
        url=_statement,
        action="See it",
    ),
    Notice(
        events.STATEMENT_TALK,
        words=lambda event: f"{event.who} would like to talk a role statement through.",
        url=_statement,
        action="See what to talk about",
        kind=WAITS,
        over=unless("talk"),
    ),
    Notice(
        events.STATEMENT_MOVED,
        words=lambda event: "A role statement has a new line manager.",
        url=_statement,
        action="See it",
        by_link=to_decide(ROLE),
    ),
    Notice(
        events.ADOPTION_RECORDED,
        words=lambda event: f"{event.who} has written down what a job description says.",
        url=_adoption,
        action="Say if it is so",
        over=unless("recorded"),
    ),
    Notice(
        events.ADOPTION_CONFIRMED,
        words=lambda event: f"{event.who} has confirmed what you wrote down of a job.",
        url=_adoption,
        action="See it",
    ),
    *(
        Notice(
            verb,
            words=lambda event: "Where are you now? Three questions, one minute.",
            url=_check_in,
            action="Answer",
            kind=WAITS,
            by_email=False,
            over=_answered,
        )
        for verb in (events.CHECK_IN_ASKED, events.CHECK_IN_REMINDED)
    ),
)
