"""What waits on a person in matters of meeting leaders, as rows for the home page. The manager’s
decisions are counted with the others (cohorts.decisions)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from cohorts.models import LeaderRequest, Membership, Person
from cohorts.waiting import Row
from cohorts.working_days import LONG_OVERDUE_AFTER, working_days_before

State = LeaderRequest.State
MOST = 5
OWN = (State.MANAGER_ASKS, State.LEADER_ASKS, State.DATES_OFFERED, State.HELD, State.DID_NOT_HAPPEN)


def leaders_waiting(person: Person, now: datetime) -> list[Row]:
    """A leader’s requests to answer, staff’s second looks and what waits too long, and one’s own next
    steps, longest waiting first. One query."""
    mine = Q(worker=person) & (Q(state__in=OWN) | Q(state=State.ARRANGED, meets_at__lt=now))
    to_answer = Q(state=State.AWAITING_LEADER, leader__person=person)
    wanted = to_answer
    if person.reach.run_cohorts:
        cohorts = Membership.objects.filter(cohort__in=person.reach.run_cohorts)
        last = working_days_before(timezone.localdate(now), LONG_OVERDUE_AFTER)
        late = Q(
            state__in=[State.AWAITING_MANAGER, State.AWAITING_LEADER], waiting_since__date__lte=last
        )
        second = Q(state=State.SECOND_LOOK) & ~Q(manager=person) & ~Q(manager_decided_by=person)
        wanted |= Q(worker__in=cohorts.values("person")) & (late | second)
    found = LeaderRequest.objects.filter(mine | (wanted & ~Q(worker=person))).for_list()
    return [_row(request, person) for request in found.order_by("waiting_since", "id")[:MOST]]


def _row(request: LeaderRequest, person: Person) -> Row:
    leader, worker = request.leader.name, request.worker.name
    own = {
        State.MANAGER_ASKS: f"{request.manager.name} asks for more",
        State.LEADER_ASKS: f"{leader} asks for more",
        State.DATES_OFFERED: f"Pick a date to meet {leader}",
        State.ARRANGED: f"Did you meet {leader}?",
        State.HELD: f"Write down what {leader} said",
        State.DID_NOT_HAPPEN: f"Try again to meet {leader}, or end it",
    }
    if request.worker_id == person.pk:
        label = own[State(request.state)]
    elif request.state == State.SECOND_LOOK:
        label = f"{worker} asks for a second look"
    elif request.leader.person_id == person.pk:
        label = f"{worker} asks to meet you"
    else:
        label = f"{worker} has waited long to meet {leader}"
    return Row(label, request.get_absolute_url(), request.excerpt, "calendar")
