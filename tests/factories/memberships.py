"""Places in a cohort, in whatever state a test needs, with the agreement an active one rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cohorts.models import Cohort, InvitationList, ManagerAgreement, Membership, Person

JOINED = datetime.fromisoformat("2025-09-01T09:00:00+00:00")
LOOKED_AT_AGAIN = date(2040, 1, 31)


def let_stand(worker: Person, manager: Person, at: datetime = JOINED) -> ManagerAgreement:
    """An agreement that stands: what an active place rests on. One that stood before gives way."""
    with transaction.atomic():
        ManagerAgreement.objects.agreed_for(worker).delete()
        return ManagerAgreement.objects.create(
            worker=worker,
            manager=manager,
            hours_a_month=8,
            cover="The team takes my calls.",
            gives_back="A short talk each month.",
            review_on=LOOKED_AT_AGAIN,
            state=ManagerAgreement.State.AGREED,
            proposed_at=at,
            decided_at=at,
            decided_by=manager,
            agreed_at=at,
        )


def without_agreement(worker: Person) -> None:
    """No agreement stands, so no place of theirs is active: they wait for a manager."""
    with transaction.atomic():
        worker.memberships.filter(state="active", role="participant").update(
            state="awaiting_manager"
        )
        worker.agreements.all().delete()


def make_member(
    cohort: Cohort,
    person: Person,
    state: str = "active",
    *,
    manager: Person | None = None,
    **own: Any,
) -> Membership:
    """A place in `state`; the one they have in that cohort is moved there. A participant who is
    active gets an agreement with `manager`, or with whoever runs the cohort."""
    given: dict[str, Any] = {"state": state, "joined_at": JOINED, "state_at": JOINED} | own
    if state == "applied":
        given.setdefault("why", "I want to see how others do it.")
    with transaction.atomic():
        takes_part = state == "active" and given.get("role", "participant") == "participant"
        if takes_part and not ManagerAgreement.objects.agreed_for(person).exists():
            let_stand(person, manager or _who_runs(cohort), at=given["joined_at"])
        member, _ = Membership.objects.update_or_create(
            cohort=cohort, person=person, defaults=given
        )
    return member


def make_members(cohort: Cohort, people: Iterable[Person], at: datetime = JOINED) -> None:
    """Active places for many at once, each with its agreement; two queries."""
    people, manager = list(people), _who_runs(cohort)
    with transaction.atomic():
        ManagerAgreement.objects.bulk_create(
            ManagerAgreement(
                worker=person,
                manager=manager,
                hours_a_month=8,
                cover="The team takes my calls.",
                gives_back="A short talk each month.",
                review_on=LOOKED_AT_AGAIN,
                state=ManagerAgreement.State.AGREED,
                proposed_at=at,
                decided_at=at,
                decided_by=manager,
                agreed_at=at,
            )
            for person in people
        )
        Membership.objects.bulk_create(
            Membership(cohort=cohort, person=person, state="active", joined_at=at, state_at=at)
            for person in people
        )


def _who_runs(cohort: Cohort) -> Person:
    runs = cohort.memberships.exclude(role="participant").select_related("person").first()
    return runs.person if runs else Person.objects.programme_staff().order_by("pk")[0]


def joining_scene(world: Any, now: datetime) -> dict[str, int]:
    """For the scene: the cohort is open for applications; Sam has applied, Lee is asked in; and a list
    of Cas's with a line that is right and one that is wrong. Primary keys by name."""
    world.cohort.about, world.cohort.asks = "A year of seeing more.", "A day a month."
    world.cohort.applications_close_on = LOOKED_AT_AGAIN
    world.cohort.save()
    return {
        "application": make_member(world.cohort, world.sam, "applied", state_at=now).pk,
        "asked": make_member(
            world.cohort, world.lee, "invited", asked_by=world.cas, state_at=now
        ).pk,
        "invitation_list": InvitationList.objects.create(
            cohort=world.cohort,
            person=world.cas,
            lines=[
                [0, 1, "Bo Lind", "bo@example.org", "", "", ""],
                [1, 2, "Nia", "nia", "", "", ""],
            ],
            made_at=now,
        ).pk,
    }
