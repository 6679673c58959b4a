"""Letters that carry a session into calendars, move it there, or take it out: one to each member."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from cohorts import session_calendars
from cohorts.models import Person, Session
from systemschangers.kernel import letters


def write_all(*, session: int, sequence: int, at: datetime) -> int:
    """To everybody in the cohort who wants e-mail. Nothing when it has changed since, because then
    newer letters are on their way; nothing twice. Returns how many were written."""
    found = Session.objects.for_detail().filter(pk=session, calendar_sequence=sequence).first()
    if found is None or found.is_over(at):
        return 0
    people = Person.objects.in_cohort(found.cohort_id).filter(hears_by_email=True)
    return sum(_write(found, person, at) for person in people.order_by("pk").iterator())


def _write(session: Session, person: Person, at: datetime) -> bool:
    called_off = session.state == Session.State.CALLED_OFF
    template = "session_called_off" if called_off else "session_planned"
    if called_off:
        subject = f"Called off: {session.title}, {session.slot}"
    elif session.calendar_sequence:
        subject = f"Changed: {session.title}, {session.slot}"
    else:
        subject = f"A session: {session.title}, {session.slot}"
    context = {
        "session": session,
        "cohort": session.cohort,
        "person": person,
        "changed": bool(session.calendar_sequence),
        "action_url": settings.SITE_ADDRESS + session.get_absolute_url(),
        "action_label": "See the session" if called_off else "See it, or say you can’t come",
    }
    letter = letters.write(
        to=person.email,
        recipient=person,
        kind=template,
        subject=subject,
        text=render_to_string(f"emails/cohorts/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/cohorts/{template}.html", context),
        at=at,
        calendar=session_calendars.letter(session, person, at=at),
        dedupe_key=f"session:{session.pk}:{session.calendar_sequence}:{person.pk}",
        no_use_after=session.ends_at,
    )
    return letter is not None
