"""Calendar letters: each to one person, with the meeting for their calendar or out of it. No question
and nobody's story is in them, and of an open meeting nobody's name or address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from cohorts import calendars
from cohorts.models import PeerMeeting, PeerPlace, Person
from systemschangers.kernel import letters


def arranged(
    meeting: PeerMeeting, places: Iterable[PeerPlace], *, at: datetime, changed: bool = False
) -> None:
    """When and where, to each who has a seat."""
    for place in _living(places):
        who = in_words(meeting, place.person)
        _write(
            meeting,
            place,
            "peer_arranged",
            subject=f"Changed: {who}" if changed else f"Arranged: {who}",
            at=at,
            who=who,
            changed=changed,
            calendar=calendars.peer_meeting(meeting, place.person, who, at=at),
        )


def called_off(
    meeting: PeerMeeting,
    places: Iterable[PeerPlace],
    *,
    was_at: datetime | None,
    at: datetime,
    words: str = "",
    gave_up: bool = False,
) -> None:
    """It leaves their calendar. `gave_up`: they gave up their seat, and the meeting goes on."""
    for place in _living(places):
        who = in_words(meeting, place.person)
        gone = calendars.peer_meeting(
            meeting, place.person, who, at=at, starts_at=was_at, called_off=True
        )
        _write(
            meeting,
            place,
            "peer_called_off",
            subject=f"You gave up your seat: {who}" if gave_up else f"Not on that day: {who}",
            at=at,
            who=who,
            was_at=was_at,
            words=words,
            gave_up=gave_up,
            calendar=gone,
        )


def in_words(meeting: PeerMeeting, person: Person) -> str:
    """“you and Zed Kowalski meet”; an open meeting is called that."""
    if meeting.is_open:
        return "an open meeting"
    others = PeerPlace.objects.filter(
        meeting=meeting, state__in=[PeerPlace.State.GOING, PeerPlace.State.ASKED]
    ).exclude(person=person)
    living = others.filter(person__is_active=True).order_by("turn")
    names = [place.person.name for place in living.select_related("person")]
    if not names:
        return "your meeting with a worker of another service"
    return f"you and {' and '.join(names)} meet"


def _living(places: Iterable[PeerPlace]) -> list[PeerPlace]:
    return [place for place in places if place.person.is_active]


def _write(
    meeting: PeerMeeting,
    place: PeerPlace,
    template: str,
    *,
    subject: str,
    at: datetime,
    calendar: str,
    **more: Any,
) -> None:
    person = place.person
    context = {
        "meeting": meeting,
        "hello": person.first_name,
        "time": place.time_request,
        "action_url": settings.SITE_ADDRESS + meeting.get_absolute_url(),
        "action_label": "See the meeting",
        "site": settings.SITE_ADDRESS,
        **more,
    }
    letters.write(
        to=person.email,
        recipient=person,
        kind=template,
        subject=subject,
        text=render_to_string(f"emails/cohorts/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/cohorts/{template}.html", context),
        at=at,
        calendar=calendar,
    )
