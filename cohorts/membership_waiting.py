"""What waits on a person in matters of cohorts, as rows for the home page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from cohorts.models import Cohort, Invitation, ManagerAgreement, Membership, Person
from cohorts.waiting import Found, Group, Kind, Row, each, how_many

State = Membership.State


def _applications(person: Any, now: Any) -> Any:
    """The cohorts in which an application waits, with since when the oldest does."""
    reach = person.reach
    waiting = Membership.objects.filter(state=State.APPLIED, cohort=OuterRef("pk"))
    oldest = waiting.exclude(person=person).order_by("state_at").values("state_at")[:1]
    cohorts = Cohort.objects.alias(oldest=Subquery(oldest)).exclude(oldest=None)
    if reach.run_cohorts:
        return cohorts.filter(pk__in=reach.run_cohorts)
    return cohorts if reach.is_programme_staff else cohorts.none()


def _application_row(one: Found, person: Person, now: datetime) -> Row:
    label = f"Applications to {one.said['name']} wait for you"
    url = reverse("cohorts:memberships", args=[one.thing])
    hint = "Read why, then answer. Oldest first."
    return Row(label, url, hint, "note", Group.OTHERS, one.since)


def _own(person: Any, now: Any) -> Any:
    """Cohorts one is asked into, and places that wait for an agreement to be proposed."""
    if not person.reach.comes_into_cohort:
        return Membership.objects.none()
    proposed = ManagerAgreement.objects.on_the_table().filter(worker=OuterRef("person"))
    to_propose = Q(state=State.AWAITING_MANAGER) & ~Exists(proposed)
    return Membership.objects.filter(Q(state=State.INVITED) | to_propose, person=person)


def _own_row(one: Found, person: Person, now: datetime) -> Row:
    said, url = one.said, reverse("cohorts:membership", args=[one.thing])
    if said["state"] == State.INVITED:
        hint = f"{said['asked_by']} asks." if said["asked_by"] else ""
        label = f"Would you like to join {said['cohort']}?"
        return Row(label, url, hint, "circle", Group.OTHERS, one.since)
    label = f"Your place in {said['cohort']} waits for your manager"
    return Row(label, url, "Propose an agreement. Four answers.", "circle", since=one.since)


def _lapsed(person: Any, now: Any) -> Any:
    if not person.reach.is_programme_staff:
        return Invitation.objects.none()
    return Invitation.objects.filter(
        accepted_at=None, called_off_at=None, expires_at__lte=now, invited_by=person
    )


def _lapsed_rows(found: list[Found], person: Person, now: datetime) -> list[Row]:
    people = "1 person has" if len(found) == 1 else f"{how_many(len(found))} people have"
    label, hint = f"{people} not used your invitation", "Send it again, or call it off."
    return [Row(label, reverse("cohorts:invitations"), hint, "mail", since=found[0].since)]


KINDS = (
    Kind("application", _applications, "oldest", each(_application_row), {"name": "name"}),
    Kind(
        "membership",
        _own,
        "state_at",
        each(_own_row),
        {"state": "state", "cohort": "cohort__name", "asked_by": "asked_by__name"},
    ),
    Kind("invitation", _lapsed, "expires_at", _lapsed_rows),
)
