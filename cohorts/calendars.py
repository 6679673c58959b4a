"""Meetings as calendars read them (iCalendar): one by e-mail, or all of a person's as a private feed.

The library is loaded when it is first wanted: most web processes never write a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from cohorts.models import LeaderRequest, PeerMeeting, Person

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress


def uid(meeting: LeaderRequest | PeerMeeting) -> str:
    """The same for the life of the request, so that a moved meeting moves and does not double."""
    kind = "peer-meeting" if isinstance(meeting, PeerMeeting) else "leader-request"
    return f"{kind}-{meeting.pk}@{urlsplit(settings.SITE_ADDRESS).hostname}"


def meeting(request: LeaderRequest, *, at: datetime, called_off: bool = False) -> str:
    """One meeting for both calendars: METHOD:REQUEST, or CANCEL when it is called off."""
    calendar = _calendar()
    calendar.add("method", "CANCEL" if called_off else "REQUEST")
    event = _event(request, at)
    event.add("summary", f"{request.worker.name} and {request.leader.name} meet")
    if request.meets_where:
        event.add("location", request.meets_where)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    _organised(event)
    person = request.leader.person
    leaders_address = person.email if person is not None else request.leader.email
    for address, name in (
        (request.worker.email, request.worker.name),
        (leaders_address, request.leader.name),
    ):
        _attended(event, address, name)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def peer_meeting(
    meeting: PeerMeeting,
    person: Person,
    who: str,
    *,
    at: datetime,
    starts_at: datetime | None = None,
    called_off: bool = False,
) -> str:
    """One meeting across services for one person's calendar: nobody else's address is in it.

    `starts_at`: where the row no longer has the hour it was at."""
    calendar = _calendar()
    calendar.add("method", "CANCEL" if called_off else "REQUEST")
    event = _event(meeting, at, starts_at)
    event.add("summary", who[:1].upper() + who[1:])
    where = " ".join(part for part in (meeting.where, meeting.link) if part)
    if where:
        event.add("location", where)
    if meeting.access_note:
        event.add("description", meeting.access_note)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    _organised(event)
    _attended(event, person.email, person.name)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def feed(
    requests: Iterable[LeaderRequest],
    peers: Iterable[PeerMeeting] = (),
    more: Iterable[Event] = (),
) -> str:
    """A person's meetings, with nobody's name and none of the story: when, and where to read more."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Systems Changers")
    meetings: list[tuple[LeaderRequest | PeerMeeting, datetime]] = [
        *((request, request.waiting_since) for request in requests),
        *((peer, peer.since) for peer in peers),
    ]
    for meeting, since in meetings:
        event = _event(meeting, since)
        event.add("summary", "Meeting (Systems Changers)")
        event.add("url", settings.SITE_ADDRESS + meeting.get_absolute_url())
        calendar.add_component(event)
    for event in more:
        calendar.add_component(event)
    return calendar.to_ical().decode()


def for_one(event: Event, *, address: str, name: str, called_off: bool) -> str:
    """An event for one person's calendar, who is the only one it names: REQUEST, or CANCEL."""
    calendar = _calendar()
    calendar.add("method", "CANCEL" if called_off else "REQUEST")
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    _organised(event)
    _attended(event, address, name)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def new_event() -> Event:
    from icalendar import Event

    return Event()


def _calendar() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Systems Changers//EN")
    calendar.add("version", "2.0")
    return calendar


def _organised(event: Event) -> None:
    event.add("organizer", _address(_from_address(), "Systems Changers"))


def _attended(event: Event, address: str, name: str) -> None:
    event.add("attendee", _address(address, name))


def _address(address: str, name: str) -> vCalAddress:
    from icalendar import vCalAddress, vText

    written = vCalAddress(f"mailto:{address}")
    written.params["CN"] = vText(name)
    return written


def _event(
    request: LeaderRequest | PeerMeeting, at: datetime, starts_at: datetime | None = None
) -> Event:
    starts_at = starts_at or request.meets_at
    if starts_at is None:
        raise ValueError("Only a request with a date has a place in a calendar")
    event = new_event()
    event.add("uid", uid(request))
    event.add("sequence", request.calendar_sequence)
    event.add("dtstamp", at)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(hours=float(request.hours)))
    return event


def _from_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
