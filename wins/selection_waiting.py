"""What waits on a person in rounds of most significant changes, and of their story, on home."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.text import Truncator

from cohorts.models import Person
from cohorts.waiting import Row
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story
from wins.models.nominations import STANDS

MOST = 5
ASKED_TO_PUBLISH_FOR = timedelta(days=14)
State = SelectionRound.State


def selection_waiting(person: Person, now: datetime) -> list[Row]:
    """A yes to be put forward, and to be published; a panel’s turn, and what another of it proposes; a
    story begun and not finished. One query."""
    parts = [
        _part("asked", _asked(person), "pk", "round__domain", "made_at"),
        _part("chosen", _chosen(person, now), "pk", "round__domain", "round__since"),
        _part("agree", _to_agree(person), "nomination", "round__domain", "proposed_at"),
        _part("read", _turns(person), "round", "round__domain", "round__since"),
        _part(
            "story", Story.objects.filter(author=person, state="draft"), "pk", "title", "made_at"
        ),
    ]
    found = parts[0].union(*parts[1:], all=True).order_by("waits_since", "thing")[:MOST]
    return [_row(kind, thing, words) for kind, thing, words, _ in found]


def _part(kind: str, rows: Any, thing: str, words: str, since: str) -> Any:
    columns = {
        "kind_": Value(kind, output_field=CharField()),
        "thing": F(thing),
        "words_": F(words),
        "waits_since": F(since),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _asked(person: Person) -> Any:
    asked = Nomination.objects.filter(teller=person, state=Nomination.State.ASKED)
    return asked.filter(round__state=State.OPEN)


def _chosen(person: Person, now: datetime) -> Any:
    """Chosen, and not published: its teller is asked for two weeks, and can do it later as well."""
    own = Nomination.objects.filter(
        teller=person, state=Nomination.State.STANDING, round__state=State.FINISHED
    ).filter(STANDS, round__since__gt=now - ASKED_TO_PUBLISH_FOR)
    return own.chosen(PanelSeat.Level.SECOND)


def _turns(person: Person) -> Any:
    """A panel’s turn, for one who could choose: nothing is proposed yet."""
    turn = Q(level=1, round__state=State.FIRST) | Q(level=2, round__state=State.SECOND)
    proposed = PanelChoice.objects.exclude(state=PanelChoice.State.TAKEN_BACK)
    there = proposed.filter(round=OuterRef("round"), level=OuterRef("level"))
    return PanelSeat.objects.filter(turn, ~Exists(there), person=person)


def _to_agree(person: Person) -> Any:
    """Proposed by another of one’s panel, while it is that panel’s turn."""
    seats = PanelSeat.objects.filter(
        person=person, round=OuterRef("round"), level=OuterRef("level")
    )
    turn = Q(level=1, round__state=State.FIRST) | Q(level=2, round__state=State.SECOND)
    proposed = PanelChoice.objects.filter(turn, Exists(seats), state=PanelChoice.State.PROPOSED)
    own = Q(proposed_by=person) | Q(nomination__teller=person)
    standing = proposed.filter(nomination__in=Nomination.objects.standing())
    return standing.exclude(own | Q(nomination__nominated_by=person))


ROWS = {
    "asked": ("Somebody would like to put something of yours forward", "nomination", "wins"),
    "chosen": ("What you told was chosen. May everyone read it?", "nomination", "wins"),
    "agree": ("Your panel has a proposal. Do you agree?", "nomination", "check"),
    "read": ("Your panel can read and choose", "selection_round", "note"),
    "story": ("Finish your story", "story", "edit"),
}


def _row(kind: str, thing: int, words: str) -> Row:
    label, address, icon = ROWS[kind]
    hint = Truncator(" ".join(words.split())).chars(90)
    return Row(label, reverse(f"wins:{address}", args=[thing]), hint, icon)
