"""Protected time: who hears, and in what words. No letter says what the time is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.models import Person, TimeRequest
from cohorts.policy import deciders_for
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import WAITS

from .by_link import TIME, to_decide


def deciders(request: TimeRequest, at: datetime) -> list[Person]:
    """The manager and today's deputy, but for the worker, who may be that deputy."""
    people = deciders_for(request.manager, timezone.localdate(at))
    return [person for person in people if person.pk != request.worker_id]


def decided(request: TimeRequest, by: Person) -> list[Person]:
    """The worker; and the manager, when a deputy decided."""
    people = [request.worker] if by.pk == request.manager_id else [request.worker, request.manager]
    return [person for person in people if person.is_active]


def _page(event: Event) -> str:
    return reverse("cohorts:time_request", args=[event.target_id])


def _slots(event: Event) -> str:
    """“time on Tue 24 Nov, 2pm to 4pm”; of a series how many there are."""
    slots, slot = event.data.get("slots", 1), event.thing.slot  # type: ignore[attr-defined]
    if slots > 1:
        return f"time on {slots} days, the first on {slot}"
    return f"time on {slot}"


def _unless_still(state: str) -> Callable[[Event], bool]:
    """Of a series the event holds the first day alone, which passes long before the last."""
    return lambda event: event.data.get("slots", 1) == 1 and event.thing.state != state  # type: ignore[attr-defined]


register(
    Notice(
        events.TIME_ASKED,
        words=lambda event: f"{event.who} asks for {_slots(event)}.",
        url=lambda event: reverse("cohorts:decisions"),
        action="Decide",
        kind=WAITS,
        over=unless("requested"),
        by_link=to_decide(TIME),
    ),
    Notice(
        events.TIME_ANSWERED,
        words=lambda event: f"{event.who} has answered about {_slots(event)}.",
        url=lambda event: reverse("cohorts:decisions"),
        action="Decide",
        kind=WAITS,
        over=unless("requested"),
        by_link=to_decide(TIME),
    ),
    Notice(
        events.TIME_APPROVED,
        words=lambda event: f"{event.who} has approved {_slots(event)}.",
        url=_page,
        action="See your time",
        over=_unless_still("approved"),
    ),
    Notice(
        events.TIME_DECLINED,
        words=lambda event: f"{event.who} has declined {_slots(event)}.",
        url=_page,
        action="See why",
        over=_unless_still("declined"),
    ),
    Notice(
        events.TIME_MORE_ASKED,
        words=lambda event: f"{event.who} would like to know more about {_slots(event)}.",
        url=_page,
        action="Answer",
        kind=WAITS,
        over=unless("more_asked"),
    ),
    Notice(
        events.TIME_WITHDRAWN,
        words=lambda event: f"{event.who} no longer needs {_slots(event)}.",
        url=_page,
        action="See the request",
    ),
    Notice(
        events.TIME_MOVED,
        words=lambda event: "A request for time has a new line manager.",
        url=_page,
        action="See the request",
        by_link=to_decide(TIME),
    ),
)
