"""Holding a row while it is changed."""

from __future__ import annotations

from typing import Any

from wins.models import Nomination, Outcome, SelectionRound, Win


def locked(win: Win) -> Win:
    """The win as it stands, its row held until the transaction ends."""
    return (
        Win.objects.select_for_update(of=("self",))
        .select_related("author")
        .defer("search")
        .get(pk=win.pk)
    )


def locked_thing(thing: Any) -> Any:
    """Whatever something is told about, as it stands, its row held."""
    if isinstance(thing, Win):
        return locked(thing)
    model = type(thing)
    model.objects.select_for_update().filter(pk=thing.pk).order_by().values_list("pk").get()
    return model.objects.get(pk=thing.pk)


def held_outcome(outcome: Outcome) -> Outcome:
    """The outcome as it stands, its row held: locked first and read after."""
    Outcome.objects.select_for_update().filter(pk=outcome.pk).order_by().values_list("pk").get()
    return Outcome.objects.for_detail().get(pk=outcome.pk)


def locked_round(it: SelectionRound) -> SelectionRound:
    """Its row held until the transaction ends, and read after. Whatever belongs to a round locks this
    first, so that no two wait for each other."""
    SelectionRound.objects.select_for_update().only("pk").get(pk=it.pk)
    return SelectionRound.objects.select_related("made_by").get(pk=it.pk)


def locked_nomination(nomination: Nomination) -> Nomination:
    """Read while its round’s row is held: nobody moves either meanwhile."""
    locked_round(nomination.round)
    Nomination.objects.select_for_update().only("pk").get(pk=nomination.pk)
    return Nomination.objects.for_detail().get(pk=nomination.pk)
