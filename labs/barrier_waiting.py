"""What waits on a person in matters of barriers, as rows for the home page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, day_words, each, excerpt
from labs.models import Barrier
from systemschangers.kernel.blanks import day_of

State = Barrier.State
POWER = "{} barriers you have the power to change"
NOBODY = "{} barriers nobody is asked to answer"


def _barriers(person: Any, now: Any) -> Any:
    """Whether one's own are fixed; what a leader is asked, and promises that are due; and, for programme
    staff, those that nobody is asked to answer."""
    to_judge = Q(raised_by=person, state=State.CHANGED, asked_on__isnull=False)
    due = Q(state=State.PROMISED, due_on__lte=day_of(now))
    to_answer = Q(leader__person=person) & (Q(state=State.RAISED) | due) & ~Q(raised_by=person)
    wanted = to_judge | to_answer
    if person.reach.is_programme_staff:
        wanted |= Q(leader=None, state=State.RAISED) & ~Q(raised_by=person)
    return Barrier.objects.visible_to(person).filter(wanted)


def _row(one: Found, person: Person, now: datetime) -> Row:
    said, group, late, many = one.said, Group.OTHERS, "", ""
    if said["raised_by"] == person.pk:
        label = "Is your barrier fixed?"
    elif said["state"] == State.PROMISED:
        label = "What you promised about a barrier is due"
        if date.fromisoformat(said["due_on"]) < timezone.localdate(now):
            late = f"Promised by {day_words(said['due_on'])}"
    elif said["leader_person"] == person.pk:
        label, many = "A barrier you have the power to change", POWER
    else:
        label, group, many = "Nobody is asked to answer this barrier", Group.LOOK, NOBODY
    url = reverse("labs:barrier", args=[one.thing])
    return Row(label, url, excerpt(said["what"]), "flag", group, one.since, late, many)


SINCE = Case(
    When(state=State.CHANGED, then=F("asked_on")),
    When(state=State.PROMISED, then=F("due_on")),
    default=F("shown_on"),
)
KINDS = (
    Kind(
        "barrier",
        _barriers,
        SINCE,
        each(_row),
        {
            **{"what": "what", "state": "state", "due_on": "due_on"},
            **{"raised_by": "raised_by", "leader_person": "leader__person"},
        },
    ),
)
