"""Labs: who hears, and in what words. No notice names who did it: a member may be there under an alias."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cohorts.models import Person
from labs import events
from labs.models import Lab
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register
from systemschangers.kernel.paces import WAITS


def members(lab: Lab) -> list[Person]:
    """Its members today who have an account that can hear."""
    return list(Person.objects.known().filter(lab_seats__lab=lab, lab_seats__left_at=None))


def _lab_of(event: Event) -> str:
    thing: Any = event.thing
    return reverse("labs:lab", args=[thing.lab_id])


def _looked_at(event: Event) -> bool:
    decision: Any = event.thing
    return decision.told_on is None or decision.state != "stands"


def _lab(event: Event) -> str:
    return reverse("labs:lab", args=[event.target_id])


register(
    Notice(
        events.LAB_MEMBER_ADDED,
        words=lambda event: "You are a member of a lab.",
        url=_lab_of,
        action="See the lab",
    ),
    Notice(
        events.LAB_ENDED,
        words=lambda event: "A lab of yours has ended. You can read it on.",
        url=_lab,
        action="See the lab",
    ),
    Notice(
        events.LAB_GOES_ON,
        words=lambda event: "A lab of yours goes on.",
        url=_lab,
        action="See the lab",
    ),
    Notice(
        events.LAB_PUBLISHED,
        words=lambda event: "A lab of yours has published its summary.",
        url=_lab,
        action="Read it",
    ),
    Notice(
        events.LAB_SESSION_PLANNED,
        words=lambda event: "A session of your lab is planned.",
        url=lambda event: reverse("labs:lab_session", args=[event.target_id]),
        action="See when and where",
    ),
    Notice(
        events.DECISION_BACK,
        words=lambda event: "Something your lab decided is to be looked at again.",
        url=lambda event: reverse("labs:decision", args=[event.target_id]),
        action="Look at it again",
        kind=WAITS,
        over=_looked_at,
    ),
)
