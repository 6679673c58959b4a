"""What waits on a person in matters of barriers, as rows for the home page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from cohorts.models import Person
from cohorts.waiting import Row
from labs.models import Barrier

State = Barrier.State
MOST = 5


def barriers_waiting(person: Person, now: datetime) -> list[Row]:
    """Whether one's own are fixed; what a leader is asked, and promises that are due; and, for programme
    staff, those that nobody is asked to answer. Longest on the board first. One query."""
    to_judge = Q(raised_by=person, state=State.CHANGED, asked_on__isnull=False)
    due = Q(state=State.PROMISED, due_on__lte=timezone.localdate(now))
    to_answer = Q(leader__person=person) & (Q(state=State.RAISED) | due) & ~Q(raised_by=person)
    wanted = to_judge | to_answer
    if person.reach.is_programme_staff:
        wanted |= Q(leader=None, state=State.RAISED) & ~Q(raised_by=person)
    found = Barrier.objects.visible_to(person).filter(wanted).select_related("leader")
    rows = found.defer("search", "kind").order_by("shown_on", "id")[:MOST]
    return [_row(barrier, person) for barrier in rows]


def _row(barrier: Barrier, person: Person) -> Row:
    if barrier.raised_by_id == person.pk:
        label = "Is your barrier fixed?"
    elif barrier.state == State.PROMISED:
        label = "What you promised about a barrier is due"
    elif barrier.leader and barrier.leader.person_id == person.pk:
        label = "A barrier you have the power to change"
    else:
        label = "Nobody is asked to answer this barrier"
    return Row(label, barrier.get_absolute_url(), barrier.excerpt, "flag")
