"""Rounds of most significant changes: who hears, and in what words. Told to those who were not chosen in
words that are kind and true: no order, no numbers, and the reason for what was chosen."""

from __future__ import annotations

from django.urls import reverse

from cohorts.models import Person
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import WAITS
from wins import events
from wins.models import Nomination, PanelChoice, SelectionRound


def panel(it: SelectionRound, level: int) -> list[Person]:
    """Those on one of its panels who are still here."""
    return list(
        Person.objects.here().filter(panel_seats__round=it, panel_seats__level=level).order_by("pk")
    )


def may_agree_to(choice: PanelChoice) -> list[Person]:
    """Of the panel those who could agree: not who told it or put it forward."""
    of = choice.nomination
    out = {choice.proposed_by_id, of.teller_id, of.nominated_by_id}
    return [one for one in panel(choice.round, choice.level) if one.pk not in out]


def of_nomination(nomination: Nomination) -> list[Person]:
    """Who told it and who put it forward, while they are here."""
    both = {one.pk: one for one in (nomination.teller, nomination.nominated_by)}
    return [one for one in both.values() if one.is_active]


def everybody_in(it: SelectionRound) -> list[Person]:
    """Both panels, and who told or put forward what stands or waits for a yes."""
    waits = Nomination.State.ASKED
    live = it.nominations.filter(state__in=[*Nomination.PUT_FORWARD, waits])  # type: ignore[attr-defined]
    people = {one.pk: one for level in (1, 2) for one in panel(it, level)}
    for nomination in live.select_related("teller", "nominated_by"):
        people |= {one.pk: one for one in of_nomination(nomination)}
    return [people[key] for key in sorted(people)]


def _round(event: Event) -> str:
    return reverse("wins:selection_round", args=[event.target_id])


def _nomination(event: Event) -> str:
    return reverse("wins:nomination", args=[event.target_id])


def _choice(event: Event) -> str:
    return str(event.thing.get_absolute_url())  # type: ignore[attr-defined]


register(
    Notice(
        events.PANEL_ASKED,
        words=lambda event: f"{event.who} asks you to read and choose, as one of a panel.",  # type: ignore[attr-defined]
        url=_round,
        action="See what for, and who else",
    ),
    Notice(
        events.PANEL_LEFT,
        words=lambda event: (
            f"{event.who} gave up a place on a panel, or took one back. See who is on it now."  # type: ignore[attr-defined]
        ),
        url=_round,
        action="See the panels",
        by_email=False,
    ),
    Notice(
        events.SELECTION_ROUND_CLOSED,
        words=lambda event: "Your panel can read what was put forward, and choose.",
        url=_round,
        action="Read it",
        kind=WAITS,
        over=unless("first"),
    ),
    Notice(
        events.SELECTION_ROUND_SENT_UP,
        words=lambda event: "Your panel can read what the first panel chose, and choose one.",
        url=_round,
        action="Read it",
        kind=WAITS,
        over=unless("second"),
    ),
    Notice(
        events.SELECTION_ROUND_CALLED_OFF,
        words=lambda event: (
            "A round you were part of has been called off. Nothing of it is shown to anybody."
        ),
        url=_round,
        action="See the round",
    ),
    Notice(
        events.NOMINATION_ASKED,
        words=lambda event: (
            f"{event.who} would like to put something you told forward, and says why it matters."  # type: ignore[attr-defined]
        ),
        url=_nomination,
        action="Read why, and say yes or no",
        kind=WAITS,
        over=unless("asked"),
    ),
    Notice(
        events.NOMINATION_CONSENTED,
        words=lambda event: f"{event.who} said yes: what you put forward is in the round.",  # type: ignore[attr-defined]
        url=_nomination,
        action="See it",
        by_email=False,
    ),
    Notice(
        events.NOMINATION_DECLINED,
        words=lambda event: (
            f"{event.who} would rather not be put forward. They have read why it matters to you."  # type: ignore[attr-defined]
        ),
        url=_nomination,
        action="See it",
        by_email=False,
    ),
    Notice(
        events.PANEL_CHOICE_PROPOSED,
        words=lambda event: f"{event.who} proposes a choice to your panel. Do you agree?",  # type: ignore[attr-defined]
        url=_choice,
        action="Read the reason",
        kind=WAITS,
        over=unless("proposed"),
    ),
    Notice(
        events.PANEL_CHOICE_AGREED,
        words=lambda event: f"{event.who} agrees: your panel has made a choice.",  # type: ignore[attr-defined]
        url=_choice,
        action="See it",
        by_email=False,
    ),
    Notice(
        events.NOMINATION_CHOSEN,
        words=lambda event: "What you told or put forward was chosen. The panel says why.",
        url=_nomination,
        action="Read the reason",
    ),
    Notice(
        events.NOMINATION_NOT_CHOSEN,
        words=lambda event: (
            "What you put forward was read, and the panels say what they chose and why."
        ),
        url=_nomination,
        action="Read the reason",
    ),
)
