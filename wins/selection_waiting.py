"""What waits on a person in rounds of most significant changes, and of their story, on home."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, Rows, each, excerpt
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story
from wins.models.nominations import STANDS

ASKED_TO_PUBLISH_FOR = timedelta(days=14)
State = SelectionRound.State


def _asked(person: Any, now: Any) -> Any:
    asked = Nomination.objects.filter(teller=person, state=Nomination.State.ASKED)
    return asked.filter(round__state=State.OPEN)


def _chosen(person: Any, now: Any) -> Any:
    """Chosen, and not published: its teller is asked for two weeks, and can do it later as well."""
    own = Nomination.objects.filter(
        teller=person, state=Nomination.State.STANDING, round__state=State.FINISHED
    ).filter(STANDS, round__since__gt=now - ASKED_TO_PUBLISH_FOR)
    return own.chosen(PanelSeat.Level.SECOND)


def _turns(person: Any, now: Any) -> Any:
    """A panel’s turn, for one who could choose: nothing is proposed yet."""
    turn = Q(level=1, round__state=State.FIRST) | Q(level=2, round__state=State.SECOND)
    proposed = PanelChoice.objects.exclude(state=PanelChoice.State.TAKEN_BACK)
    there = proposed.filter(round=OuterRef("round"), level=OuterRef("level"))
    return PanelSeat.objects.filter(turn, ~Exists(there), person=person)


def _to_agree(person: Any, now: Any) -> Any:
    """Proposed by another of one’s panel, while it is that panel’s turn."""
    seats = PanelSeat.objects.filter(
        person=person, round=OuterRef("round"), level=OuterRef("level")
    )
    turn = Q(level=1, round__state=State.FIRST) | Q(level=2, round__state=State.SECOND)
    proposed = PanelChoice.objects.filter(turn, Exists(seats), state=PanelChoice.State.PROPOSED)
    own = Q(proposed_by=person) | Q(nomination__teller=person)
    standing = proposed.filter(nomination__in=Nomination.objects.standing())
    return standing.exclude(own | Q(nomination__nominated_by=person))


def _stories(person: Any, now: Any) -> Any:
    return Story.objects.filter(author=person, state=Story.State.DRAFT)


def _row(label: str, address: str, icon: str, group: Group) -> Rows:
    def row(one: Found, person: Person, now: datetime) -> Row:
        url = reverse(f"wins:{address}", args=[one.thing])
        return Row(label, url, excerpt(one.said["words"]), icon, group, one.since)

    return each(row)


ABOUT = {"words": "round__domain"}
PUT_FORWARD = "Somebody would like to put something of yours forward"
CHOSEN = "What you told was chosen. May everyone read it?"
PROPOSED = "Your panel has a proposal. Do you agree?"
TURN = "Your panel can read and choose"
KINDS = (
    Kind(
        *("asked", _asked, "made_at", _row(PUT_FORWARD, "nomination", "wins", Group.OTHERS), ABOUT)
    ),
    Kind(
        *("chosen", _chosen, "round__since", _row(CHOSEN, "nomination", "wins", Group.OTHERS)),
        said=ABOUT,
    ),
    Kind(
        *("agree", _to_agree, "proposed_at", _row(PROPOSED, "nomination", "check", Group.OTHERS)),
        said=ABOUT,
        thing="nomination",
    ),
    Kind(
        *("turn", _turns, "round__since", _row(TURN, "selection_round", "note", Group.OTHERS)),
        said=ABOUT,
        thing="round",
    ),
    Kind(
        *("story", _stories, "made_at", _row("Finish your story", "story", "edit", Group.OWN)),
        said={"words": "title"},
    ),
)
