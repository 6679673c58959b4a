"""What waits on a person in matters of cohorts, as rows for the home page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cohorts.models import Cohort, ManagerAgreement, Membership, Person
from cohorts.waiting import Row

State = Membership.State
MOST = 5


def memberships_waiting(person: Person, now: datetime) -> list[Row]:
    """Applications to answer, cohorts one is asked into, places that wait for an agreement to be
    proposed. No query for most people, two at most."""
    return [*_applications(person), *_own(person)]


def _applications(person: Person) -> list[Row]:
    reach = person.reach
    if not (reach.is_programme_staff or reach.run_cohorts):
        return []
    waiting = Membership.objects.filter(state=State.APPLIED, cohort=OuterRef("pk"))
    cohorts = Cohort.objects.filter(Exists(waiting.exclude(person=person)))
    if reach.run_cohorts:
        cohorts = cohorts.filter(pk__in=reach.run_cohorts)
    return [
        Row(
            f"Applications to {cohort.name} wait for you",
            reverse("cohorts:memberships", args=[cohort.pk]),
            "Read why, then answer. Oldest first.",
            "note",
        )
        for cohort in cohorts.order_by("name")[:MOST]
    ]


def _own(person: Person) -> list[Row]:
    if not person.reach.comes_into_cohort:
        return []
    proposed = ManagerAgreement.objects.on_the_table().filter(worker=OuterRef("person"))
    to_propose = Q(state=State.AWAITING_MANAGER) & ~Exists(proposed)
    found = Membership.objects.filter(Q(state=State.INVITED) | to_propose, person=person)
    rows = []
    for place in found.select_related("cohort", "asked_by").order_by("state_at")[:MOST]:
        url = reverse("cohorts:membership", args=[place.pk])
        if place.state == State.INVITED:
            hint = f"{place.asked_by} asks." if place.asked_by else ""
            rows.append(Row(f"Would you like to join {place.cohort}?", url, hint, "circle"))
        else:
            label = f"Your place in {place.cohort} waits for your manager"
            rows.append(Row(label, url, "Propose an agreement. Four answers.", "circle"))
    return rows
