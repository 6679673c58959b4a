"""What waits on a person in matters of meeting leaders, as rows for the home page. The manager’s
decisions are counted with the others (cohorts.decisions)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from cohorts.models import LeaderRequest, Membership, Person
from cohorts.waiting import Found, Group, Kind, Row, each, excerpt
from cohorts.working_days import LONG_OVERDUE_AFTER, working_days_before
from systemschangers.kernel.blanks import day_of, worked_out

State = LeaderRequest.State
OWN = (State.MANAGER_ASKS, State.LEADER_ASKS, State.DATES_OFFERED, State.HELD, State.DID_NOT_HAPPEN)
ASKED = (State.MANAGER_ASKS, State.LEADER_ASKS, State.DATES_OFFERED)


def _requests(person: Any, now: Any) -> Any:
    """A leader’s to answer, staff’s second looks and what waits too long, and one’s own next steps."""
    mine = Q(worker=person) & (Q(state__in=OWN) | Q(state=State.ARRANGED, meets_at__lt=now))
    wanted = Q(state=State.AWAITING_LEADER, leader__person=person)
    if person.reach.run_cohorts:
        cohorts = Membership.objects.filter(cohort__in=person.reach.run_cohorts)
        last = worked_out(_long_overdue_on, day_of(now))
        late = Q(
            state__in=[State.AWAITING_MANAGER, State.AWAITING_LEADER], waiting_since__date__lte=last
        )
        second = Q(state=State.SECOND_LOOK) & ~Q(manager=person) & ~Q(manager_decided_by=person)
        wanted |= Q(worker__in=cohorts.values("person")) & (late | second)
    return LeaderRequest.objects.filter(mine | (wanted & ~Q(worker=person)))


def _long_overdue_on(day: date) -> date:
    return working_days_before(day, LONG_OVERDUE_AFTER)


def _row(one: Found, person: Person, now: datetime) -> Row:
    said = one.said
    many = ""
    leader, worker, state = said["leader"], said["worker"], State(said["state"])
    own = {
        State.MANAGER_ASKS: f"{said['manager']} asks for more",
        State.LEADER_ASKS: f"{leader} asks for more",
        State.DATES_OFFERED: f"Pick a date to meet {leader}",
        State.ARRANGED: f"Did you meet {leader}?",
        State.HELD: f"Write down what {leader} said",
        State.DID_NOT_HAPPEN: f"Try again to meet {leader}, or end it",
    }
    if said["worker_id"] == person.pk:
        label, group = own[state], Group.OTHERS if state in ASKED else Group.OWN
    elif state == State.SECOND_LOOK:
        label, group = f"{worker} asks for a second look", Group.OTHERS
    elif said["leader_person"] == person.pk:
        label, group = f"{worker} asks to meet you", Group.OTHERS
        many = "{} people ask to meet you"
    else:
        label, group = f"{worker} has waited long to meet {leader}", Group.LOOK
        many = "{} people have waited long to meet a leader"
    url = reverse("cohorts:leader_request", args=[one.thing])
    return Row(label, url, excerpt(said["purpose"]), "calendar", group, one.since, many=many)


KINDS = (
    Kind(
        "leader_request",
        _requests,
        "waiting_since",
        each(_row),
        {
            **{"state": "state", "purpose": "purpose", "worker_id": "worker"},
            **{"worker": "worker__name", "manager": "manager__name"},
            **{"leader": "leader__name", "leader_person": "leader__person"},
        },
    ),
)
