"""What waits on a person in matters of meeting across services, as rows for the home page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cohorts.models import (
    Borrowing,
    ComparisonNote,
    PeerMeeting,
    PeerPlace,
    Person,
    Practice,
    PracticeOwner,
)
from cohorts.waiting import Found, Group, Kind, Row, Rows, each, excerpt

WAITED_FOR = timedelta(days=30)
State, Place = PeerMeeting.State, PeerPlace.State
ASKED = "Somebody would like to compare notes with you"


def _places(person: Any, now: Any) -> Any:
    """Invitations and dates to answer, whether one met, notes to write."""
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


def _practices(person: Any, now: Any) -> Any:
    awaiting = Practice.State.AWAITING
    own = PracticeOwner.objects.filter(person=person, agreed_at=None)
    return own.filter(practice__state=awaiting)


def _notes(person: Any, now: Any) -> Any:
    return ComparisonNote.objects.filter(author=person, asked_how_at__isnull=False, tried="")


def _borrowings(person: Any, now: Any) -> Any:
    return Borrowing.objects.filter(
        person=person, state=Borrowing.State.BORROWING, asked_at__isnull=False
    )


def _place_row(one: Found, person: Person, now: datetime) -> Row:
    state, asked = State(one.said["state"]), one.said["own"] == Place.ASKED
    label, group = {
        State.INVITED: (ASKED if asked else "Find a date to meet", Group.OTHERS),
        State.DATES_PROPOSED: ("Say which dates suit you", Group.OTHERS),
        State.ARRANGED: ("Did you meet?", Group.OWN),
        State.DID_NOT_HAPPEN: ("A meeting did not happen. Find another day", Group.OWN),
        State.HELD: ("Write down what you compared", Group.OWN),
    }[state]
    address = "comparison_note" if state == State.HELD else "peer_meeting"
    url = reverse(f"cohorts:{address}", args=[one.thing])
    return Row(label, url, excerpt(one.said["words"]), "meet", group, one.since)


def _row(label: str, address: str, icon: str, group: Group) -> Rows:
    def row(one: Found, person: Person, now: datetime) -> Row:
        url = reverse(f"cohorts:{address}", args=[one.thing])
        return Row(label, url, excerpt(one.said["words"]), icon, group, one.since)

    return each(row)


KINDS = (
    Kind(
        "place",
        _places,
        "meeting__since",
        each(_place_row),
        {"words": "meeting__question", "state": "meeting__state", "own": "state"},
        thing="meeting",
    ),
    Kind(
        "practice",
        _practices,
        "practice__changed_at",
        _row("Do you agree to publish this practice?", "practice", "share", Group.OTHERS),
        {"words": "practice__title"},
        thing="practice",
    ),
    Kind(
        "note",
        _notes,
        "asked_how_at",
        _row("You wanted to try something. Did you?", "note_trying", "try", Group.OWN),
        {"words": "will_try"},
    ),
    Kind(
        "borrowing",
        _borrowings,
        "asked_at",
        _row("You borrowed a practice. How did it go?", "borrowing", "try", Group.OWN),
        {"words": "practice__title"},
    ),
)
