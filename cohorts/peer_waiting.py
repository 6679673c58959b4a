"""What waits on a person in matters of meeting across services, as rows for the home page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.text import Truncator

from cohorts.models import (
    Borrowing,
    ComparisonNote,
    PeerMeeting,
    PeerPlace,
    Person,
    Practice,
    PracticeOwner,
)
from cohorts.waiting import Row

MOST = 5
WAITED_FOR = timedelta(days=30)
State, Place = PeerMeeting.State, PeerPlace.State


def peers_waiting(person: Person, now: datetime) -> list[Row]:
    """Invitations and dates to answer, whether one met, notes to write; practices to agree to; what was
    to be tried and what was borrowed. Longest waiting first. One query."""
    parts = [
        _part("place", _places(person, now), "meeting", "meeting__question", "meeting__since"),
        _part(
            "practice", _practices(person), "practice", "practice__title", "practice__changed_at"
        ),
        _part("note", _notes(person), "id", "will_try", "asked_how_at"),
        _part("borrowing", _borrowings(person), "id", "practice__title", "asked_at"),
    ]
    found = parts[0].union(*parts[1:], all=True).order_by("waits_since", "thing")[:MOST]
    return [_row(kind, thing, words, state, own) for kind, thing, words, _, state, own in found]


def _part(kind: str, rows: Any, thing: str, words: str, since: str) -> Any:
    text = {"output_field": CharField()}
    states = {"state_": Value("", **text), "own": Value("", **text)}
    if kind == "place":
        states = {"state_": F("meeting__state"), "own": F("state")}  # type: ignore[dict-item]
    columns = {"kind_": Value(kind, **text), "thing": F(thing), "words_": F(words)}
    columns |= {"waits_since": F(since), **states}
    names = ("kind_", "thing", "words_", "waits_since", "state_", "own")
    return rows.order_by().annotate(**columns).values_list(*names)


def _places(person: Person, now: datetime) -> Any:
    written = ComparisonNote.objects.filter(meeting=OuterRef("meeting"), author=person)
    in_it = Q(state__in=[Place.ASKED, Place.GOING])
    # Whoever invited somebody waits for them; of a pair made by staff any can begin.
    to_date = in_it & Q(meeting__state=State.INVITED) & ~Q(meeting__made_by=person)
    to_answer: Q = in_it & Q(meeting__state=State.DATES_PROPOSED, answered_dates_at=None)
    to_answer &= ~Q(meeting__dates_by=person)
    few = ~Q(meeting__kind=PeerMeeting.Kind.OPEN)
    met = Q(state=Place.GOING, meeting__state=State.ARRANGED, meeting__meets_at__lt=now)
    met &= few | Q(meeting__made_by=person)
    again = Q(state=Place.GOING, meeting__state=State.DID_NOT_HAPPEN) & few
    again &= Q(meeting__since__gt=now - WAITED_FOR)
    note: Any = Q(state=Place.GOING, absent=False, meeting__state=State.HELD) & ~Exists(written)
    note &= Q(meeting__held_at__gt=now - WAITED_FOR)
    return PeerPlace.objects.filter(to_date | to_answer | met | again | note, person=person)


def _practices(person: Person) -> Any:
    awaiting = Practice.State.AWAITING
    own = PracticeOwner.objects.filter(person=person, agreed_at=None)
    return own.filter(practice__state=awaiting)


def _notes(person: Person) -> Any:
    return ComparisonNote.objects.filter(author=person, asked_how_at__isnull=False, tried="")


def _borrowings(person: Person) -> Any:
    return Borrowing.objects.filter(
        person=person, state=Borrowing.State.BORROWING, asked_at__isnull=False
    )


def _row(kind: str, thing: int, words: str, state: str, own: str) -> Row:
    hint = Truncator(" ".join(words.split())).chars(90)
    if kind == "place":
        label, address = _of_a_meeting(state, own)
        icon = "meet"
    else:
        label, address, icon = OTHERS[kind]
    return Row(label, reverse(f"cohorts:{address}", args=[thing]), hint, icon)


OTHERS = {
    "practice": ("Do you agree to publish this practice?", "practice", "share"),
    "note": ("You wanted to try something. Did you?", "note_trying", "try"),
    "borrowing": ("You borrowed a practice. How did it go?", "borrowing", "try"),
}


def _of_a_meeting(state: str, own: str) -> tuple[str, str]:
    asked = "Somebody would like to compare notes with you"
    return {
        State.INVITED: (asked if own == Place.ASKED else "Find a date to meet", "peer_meeting"),
        State.DATES_PROPOSED: ("Say which dates suit you", "peer_meeting"),
        State.ARRANGED: ("Did you meet?", "peer_meeting"),
        State.DID_NOT_HAPPEN: ("A meeting did not happen. Find another day", "peer_meeting"),
        State.HELD: ("Write down what you compared", "comparison_note"),
    }[State(state)]
