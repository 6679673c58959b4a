"""Sessions and planned learning calls as calendars read them (iCalendar): see cohorts.calendars."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from cohorts import calendars
from cohorts.models import LearningCall, Person, Session

if TYPE_CHECKING:
    from icalendar import Event

MOST = 100
A_CALL_TAKES = timedelta(minutes=45)


def letter(session: Session, person: Person, *, at: datetime) -> str:
    """One session for one calendar: put in, moved, or taken out once it is called off."""
    event = _event(session, at)
    event.add("summary", f"{session.title} ({session.cohort})")
    if session.where or session.link:
        event.add("location", session.where or session.link)
    about = "\n\n".join(part for part in (session.link, session.access) if part)
    if about:
        event.add("description", about)
    return calendars.for_one(
        event,
        address=person.email,
        name=person.name,
        called_off=session.state == Session.State.CALLED_OFF,
    )


def entries(person: Person) -> list[Event]:
    """A person's sessions and planned calls for their feed: no names, and nothing of what they are
    about; when, and where to read more."""
    sessions = Session.objects.planned().filter(cohort__in=person.reach.cohorts)
    calls = LearningCall.objects.planned().filter(
        Q(membership__person=person, membership__state="active")
        | Q(partner=person, membership__state="active")
    )
    found = []
    for session in sessions.order_by("-starts_at")[:MOST]:
        event = _event(session, session.starts_at)
        event.add("summary", "Session (Systems Changers)")
        event.add("url", settings.SITE_ADDRESS + session.get_absolute_url())
        found.append(event)
    for call in calls.order_by("-planned_for")[:MOST]:
        if call.planned_for is not None:
            event = calendars.new_event()
            event.add("uid", f"learning-call-{call.pk}@{_host()}")
            event.add("dtstamp", call.made_at)
            event.add("dtstart", call.planned_for)
            event.add("dtend", call.planned_for + A_CALL_TAKES)
            event.add("summary", "Call (Systems Changers)")
            event.add("url", settings.SITE_ADDRESS + call.get_absolute_url())
            found.append(event)
    return found


def _event(session: Session, at: datetime) -> Event:
    """The same uid for the life of the session, so that a moved one moves and does not double."""
    event = calendars.new_event()
    event.add("uid", f"session-{session.pk}@{_host()}")
    event.add("sequence", session.calendar_sequence)
    event.add("dtstamp", at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    return event


def _host() -> str | None:
    return urlsplit(settings.SITE_ADDRESS).hostname
