"""Sessions, learning partners and calls: who hears, and in what words.

Everybody in the cohort gets a letter for their calendar about a session (actions/session_letters), so
the notices of sessions stay on the page: nobody is written to twice. No letter tells what was said
in a learning call."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cohorts import events
from cohorts.members import staff_of
from cohorts.models import LearningCall, Person, Session
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless


def session_people(session: Session) -> list[Person]:
    """Everybody who takes part in the cohort today, staff included."""
    return list(Person.objects.in_cohort(session.cohort_id))


def session_staff(session: Session) -> list[Person]:
    return staff_of(session.cohort_id)


def other_of(call: LearningCall, by: Person) -> list[Person]:
    """The other of the two. `call` comes with both."""
    two = (call.membership.person, call.partner)
    return [person for person in two if person.pk != by.pk and person.is_active]


def _session(event: Event) -> str:
    return reverse("cohorts:session", args=[event.target_id])


def _call(event: Event) -> str:
    return reverse("cohorts:learning_call", args=[event.target_id])


def _calls(event: Event) -> str:
    return reverse("cohorts:learning_calls")


def _which(event: Event) -> str:
    return f"“{event.thing}”, {event.thing.slot}"  # type: ignore[attr-defined]


def _given(event: Event) -> str:
    count = event.data.get("people", 1)
    people = "one person" if count == 1 else f"{count} people"
    return f"{event.who} made you the learning partner of {people} in {event.thing}."


def _no_longer_to_come(event: Event) -> bool:
    """It was held or missed, or its hour has come."""
    call: Any = event.thing
    passed = call.planned_for is not None and call.planned_for <= event.told_at
    return call.state != "planned" or passed


register(
    Notice(
        events.SESSION_PLANNED,
        words=lambda event: f"{event.who} has planned a session: {_which(event)}.",
        url=_session,
        by_email=False,
    ),
    Notice(
        events.SESSION_MOVED,
        words=lambda event: f"{event.who} has changed a session: {_which(event)}.",
        url=_session,
        by_email=False,
    ),
    Notice(
        events.SESSION_CALLED_OFF,
        words=lambda event: f"{event.who} has called off a session: {_which(event)}.",
        url=_session,
        by_email=False,
    ),
    Notice(
        events.SESSION_CANT_COME,
        words=lambda event: f"{event.who} can’t come to {_which(event)}.",
        url=_session,
        by_email=False,
    ),
    Notice(
        events.PARTNER_NAMED,
        words=lambda event: f"{event.who} has named your learning partner in {event.thing}.",
        url=_calls,
        action="See who it is",
    ),
    Notice(events.PARTNER_GIVEN, words=_given, url=_calls, action="See who they are"),
    Notice(
        events.CALL_PLANNED,
        words=lambda event: f"{event.who} has planned a learning call with you.",
        url=_call,
        action="See when",
        over=_no_longer_to_come,
    ),
    Notice(
        events.CALL_MOVED,
        words=lambda event: f"{event.who} has moved your learning call.",
        url=_call,
        action="See when",
        over=_no_longer_to_come,
    ),
    Notice(
        events.CALL_HELD,
        words=lambda event: f"{event.who} has written down your learning call.",
        url=_call,
        action="Read it",
    ),
    Notice(
        events.CALL_MISSED,
        words=lambda event: f"{event.who} says your learning call does not happen.",
        url=_call,
        action="Plan it again",
        over=unless("missed"),
    ),
)
