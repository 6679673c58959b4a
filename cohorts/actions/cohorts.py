"""Cohorts and who is in them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.clashes import clashes_in_words
from cohorts.models import Cohort, Membership, Person, Place, Stage
from cohorts.policy import may_run_cohorts
from systemschangers.kernel import activity


@transaction.atomic
def add(
    *,
    name: str,
    place: str,
    starts: date,
    ends: date | None,
    applications_close_on: date | None = None,
    by: Person,
    at: datetime,
) -> Cohort:
    """With the three stages of the programme. Raises ValidationError when one of that name is here."""
    may_run_cohorts(by).require()
    with clashes_in_words(Cohort):
        cohort = Cohort.objects.create(
            name=name,
            place=Place.objects.named(place),
            starts=starts,
            ends=ends,
            applications_close_on=applications_close_on,
        )
    Stage.begin(cohort)
    activity.record(events.COHORT_ADDED, actor=by, target=cohort, at=at)
    return cohort


@transaction.atomic
def change(
    *,
    cohort: Cohort,
    name: str,
    place: str,
    starts: date,
    ends: date | None,
    applications_close_on: date | None,
    by: Person,
    at: datetime,
) -> Cohort:
    may_run_cohorts(by).require()
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.name, cohort.place = name, Place.objects.named(place)
    cohort.starts, cohort.ends = starts, ends
    cohort.applications_close_on = applications_close_on
    with clashes_in_words(Cohort):
        cohort.save()
    activity.record(events.COHORT_CHANGED, actor=by, target=cohort, at=at)
    return cohort


@transaction.atomic
def add_member(
    *, cohort: Cohort, person: Person, role: str, by: Person, at: datetime
) -> Membership:
    """Active at once. Somebody who was taken out comes back in their new role.

    Raises ValidationError when they are in it already."""
    may_run_cohorts(by).require()
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    active = Membership.State.ACTIVE
    with clashes_in_words(Membership):
        membership, new = Membership.objects.select_for_update(of=("self",)).get_or_create(
            cohort=cohort,
            person=person,
            defaults={"role": role, "state": active, "joined_at": at},
        )
    if not new:
        if membership.state == active:
            raise ValidationError(f"{person} is already in this cohort.")
        membership.role, membership.state = role, active
        membership.save(update_fields=["role", "state"])
    activity.record(
        events.MEMBER_ADDED,
        actor=by,
        target=cohort,
        at=at,
        notify=audiences.membership_added(membership),
        person=person.pk,
        role=role,
    )
    return membership


@transaction.atomic
def take_out(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Withdrawn, not deleted: that they were in it stays true. Twice changes nothing."""
    may_run_cohorts(by).require()
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("cohort", "person")
        .get(pk=membership.pk)
    )
    if membership.state != Membership.State.WITHDRAWN:
        membership.state = Membership.State.WITHDRAWN
        membership.save(update_fields=["state"])
        activity.record(
            events.MEMBER_TAKEN_OUT,
            actor=by,
            target=membership.cohort,
            at=at,
            person=membership.person_id,
        )
    return membership
