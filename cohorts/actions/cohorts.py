"""Cohorts. Who is in them: actions/memberships."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_as_seen
from cohorts.models import Cohort, Person, Place, Stage
from cohorts.policy import may_run_cohorts
from systemschangers.kernel import activity

TOLD = ("name", "place", "starts", "ends", "applications_close_on")


@transaction.atomic
def add(
    *,
    name: str,
    place: str,
    starts: date,
    ends: date | None,
    applications_close_on: date | None = None,
    seen: str = "",
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
    seen: str = "",
    by: Person,
    at: datetime,
) -> Cohort:
    """Raises ChangedMeanwhile when the cohort no longer holds what was `seen` (cohorts.meanwhile)."""
    may_run_cohorts(by).require()
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    insist_as_seen(cohort, TOLD, seen)
    cohort.name, cohort.place = name, Place.objects.named(place)
    cohort.starts, cohort.ends = starts, ends
    cohort.applications_close_on = applications_close_on
    with clashes_in_words(Cohort):
        cohort.save()
    activity.record(events.COHORT_CHANGED, actor=by, target=cohort, at=at)
    return cohort
