"""A round of most significant changes on its way, and who sits on its panels. Who runs it chooses nothing."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from wins import events
from wins.audiences import selection as hears
from wins.locking import locked_round
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound
from wins.models.selection_rounds import FEWEST_IN_PANEL, FEWEST_TO_CHOOSE_FROM
from wins.policy.selection_rounds import may_leave_panel, may_run_rounds

State = SelectionRound.State


class EditedMeanwhile(Exception):
    """The round was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: SelectionRound) -> None:
        super().__init__("Somebody changed this round meanwhile.")
        self.now = now


@transaction.atomic
def make(
    *, domain: str, about: str, starts: date, ends: date, by: Person, at: datetime
) -> SelectionRound:
    """Prepare a round. Nobody but programme staff sees it until it is opened."""
    may_run_rounds(by).require()
    it = SelectionRound(made_by=by, made_at=at, since=at)
    _say(it, domain, about, starts, ends)
    it.save()
    activity.record(events.SELECTION_ROUND_MADE, actor=by, target=it, at=at)
    return it


@transaction.atomic
def change(
    *,
    it: SelectionRound,
    version: int,
    domain: str,
    about: str,
    starts: date,
    ends: date,
    by: Person,
    at: datetime,
) -> SelectionRound:
    """What it asks for; only while it is prepared: people put things forward for what it said.

    Raises EditedMeanwhile when `version` is not the latest."""
    may_run_rounds(by).require()
    it = locked_round(it)
    if it.state != State.DRAFT:
        raise WrongState("This round is open, or over. What it asks for stays as it is.")
    if it.version != version:
        raise EditedMeanwhile(it)
    _say(it, domain, about, starts, ends)
    it.version += 1
    it.save()
    activity.record(events.SELECTION_ROUND_CHANGED, actor=by, target=it, at=at)
    return it


@transaction.atomic
def seat(*, it: SelectionRound, person: Person, level: int, by: Person, at: datetime) -> PanelSeat:
    """Give somebody a place on a panel, and tell them; they may say no. Raises ValidationError for who
    is on one already."""
    may_run_rounds(by).require()
    it = locked_round(it)
    if it.is_over:
        raise WrongState("This round is over. Its panels stay as they were.")
    with clashes_in_words(PanelSeat):
        place = PanelSeat.objects.create(round=it, person=person, level=level, made_at=at)
    activity.record(events.PANEL_ASKED, actor=by, target=it, at=at, notify=[person], level=level)
    return place


@transaction.atomic
def leave_panel(*, place: PanelSeat, by: Person, at: datetime) -> None:
    """Give a place up, or take it away. What they proposed and nobody agreed to yet goes with it."""
    it = locked_round(place.round)
    may_leave_panel(by, place).require()
    if it.is_over:
        raise WrongState("This round is over. Its panels stay as they were.")
    open_ones = PanelChoice.objects.filter(round=it, level=place.level, proposed_by=place.person)
    for choice in open_ones.filter(state=PanelChoice.State.PROPOSED):
        PanelChoice.TAKE_BACK.apply(choice)
        choice.save(update_fields=["state"])
    told = [it.made_by] if by == place.person else [place.person]
    activity.record(events.PANEL_LEFT, actor=by, target=it, at=at, notify=told, level=place.level)
    place.delete()


@transaction.atomic
def open_round(*, it: SelectionRound, by: Person, at: datetime) -> SelectionRound:
    """From now on everyone here sees it and can put things forward. Both panels are full enough."""
    may_run_rounds(by).require()
    it = locked_round(it)
    it.move(SelectionRound.OPEN, at=at)
    for level in PanelSeat.Level:
        _insist_on_panel(it, level)
    it.save()
    activity.record(events.SELECTION_ROUND_OPENED, actor=by, target=it, at=at)
    return it


@transaction.atomic
def close(*, it: SelectionRound, by: Person, at: datetime) -> SelectionRound:
    """No more stories: the first panel reads those that stand. Who was asked and has not said yes is
    left out, and nobody reads theirs."""
    may_run_rounds(by).require()
    it = locked_round(it)
    it.move(SelectionRound.CLOSE, at=at)
    _insist_on_panel(it, PanelSeat.Level.FIRST)
    if Nomination.objects.standing().filter(round=it).count() < FEWEST_TO_CHOOSE_FROM:
        raise ValidationError(
            "There are not two yet to choose between. Wait for more, or call the round off."
        )
    it.save()
    told = hears.panel(it, PanelSeat.Level.FIRST)
    activity.record(events.SELECTION_ROUND_CLOSED, actor=by, target=it, at=at, notify=told)
    return it


@transaction.atomic
def send_up(*, it: SelectionRound, by: Person, at: datetime) -> SelectionRound:
    """What the first panel chose goes to the second, with its reasons."""
    may_run_rounds(by).require()
    it = locked_round(it)
    it.move(SelectionRound.SEND_UP, at=at)
    _insist_on_panel(it, PanelSeat.Level.SECOND)
    chosen = Nomination.objects.standing().filter(round=it).chosen(PanelSeat.Level.FIRST)
    if chosen.count() < FEWEST_TO_CHOOSE_FROM:
        raise ValidationError(
            "The first panel has not chosen two yet, so there is nothing to choose between."
        )
    it.save()
    told = hears.panel(it, PanelSeat.Level.SECOND)
    activity.record(events.SELECTION_ROUND_SENT_UP, actor=by, target=it, at=at, notify=told)
    return it


@transaction.atomic
def call_off(*, it: SelectionRound, by: Person, at: datetime) -> SelectionRound:
    """It ends without a choice; the panels can read nothing more. Tellers and panels are told."""
    may_run_rounds(by).require()
    it = locked_round(it)
    it.move(SelectionRound.CALL_OFF, at=at)
    it.save()
    told = hears.everybody_in(it)
    activity.record(events.SELECTION_ROUND_CALLED_OFF, actor=by, target=it, at=at, notify=told)
    return it


def _insist_on_panel(it: SelectionRound, level: int) -> None:
    if PanelSeat.objects.filter(round=it).on_panel(level).count() < FEWEST_IN_PANEL:
        which = PanelSeat.Level(level).label
        raise ValidationError(
            f"The {which} needs three people at least, so that nobody decides on their own."
        )


def _say(it: SelectionRound, domain: str, about: str, starts: date, ends: date) -> None:
    if not domain.strip():
        raise ValidationError({"domain": "Say which kind of change this round looks for."})
    if ends < starts:
        raise ValidationError({"ends": "The last day is before the first."})
    it.domain, it.about, it.starts, it.ends = domain.strip(), about.strip(), starts, ends
