"""Requests to meet a leader on the decisions page: one yes for the meeting and its hours."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from cohorts.decisions import Decision
from cohorts.models import Deputyship, LeaderRequest, Person
from systemschangers.kernel.blanks import day_of

KIND = "leader"
SINCE = "waiting_since"


def waiting(person: Person, now: datetime):
    """What this person decides today, as manager or deputy; never their own."""
    away = Deputyship.objects.filter(deputy=person).on(day_of(now)).values("person")
    asked = LeaderRequest.objects.filter(state=LeaderRequest.State.AWAITING_MANAGER)
    return asked.filter(Q(manager=person) | Q(manager__in=away)).exclude(worker=person)


def load(person: Person, keys: list[int], now: datetime) -> dict[int, Decision]:
    """One query."""
    return {
        request.pk: Decision(
            kind=KIND,
            thing=request,
            since=request.waiting_since,
            template="cohorts/leader_requests/_decision.html",
            deputy_for=None if request.manager_id == person.pk else request.manager,
            more={"grounds": LeaderRequest.Ground.choices},
        )
        for request in LeaderRequest.objects.filter(pk__in=keys).for_list()
    }
