"""Visits of a cohort: written down, changed and taken out by who wrote them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import Cohort, ExposureVisit, Person
from cohorts.policy.exposure_visits import may_change_visit, may_write_visit
from systemschangers.kernel import activity


@transaction.atomic
def write(
    *,
    cohort: Cohort,
    whom: str,
    visited_on: date,
    saw: str,
    changed: str,
    by: Person,
    at: datetime,
) -> ExposureVisit:
    """Seen by the cohort from then on. Raises ValidationError for a day still to come."""
    may_write_visit(by, cohort).require()
    _insist_it_has_been(visited_on, at)
    with clashes_in_words(ExposureVisit):
        visit = ExposureVisit.objects.create(
            cohort=cohort,
            person=by,
            whom=whom,
            visited_on=visited_on,
            saw=saw,
            changed=changed,
            made_at=at,
        )
    activity.record(events.VISIT_WRITTEN, actor=by, target=visit, at=at)
    return visit


@transaction.atomic
def change(
    *,
    visit: ExposureVisit,
    whom: str,
    visited_on: date,
    saw: str,
    changed: str,
    version: int,
    by: Person,
    at: datetime,
) -> ExposureVisit:
    """Raises ChangedMeanwhile when it was saved in another window after `version`."""
    visit = _locked(visit)
    may_change_visit(by, visit).require()
    insist_on_version(visit, version)
    _insist_it_has_been(visited_on, at)
    visit.whom, visit.visited_on, visit.saw, visit.changed = whom, visited_on, saw, changed
    with clashes_in_words(ExposureVisit):
        visit.save()
    activity.record(events.VISIT_CHANGED, actor=by, target=visit, at=at)
    return visit


@transaction.atomic
def remove(*, visit: ExposureVisit, by: Person, at: datetime) -> None:
    """Gone for good: it was their own to write, and is their own to take out."""
    visit = _locked(visit)
    may_change_visit(by, visit).require()
    activity.record(events.VISIT_REMOVED, actor=by, target=visit, at=at)
    visit.delete()


def _insist_it_has_been(visited_on: date, at: datetime) -> None:
    if visited_on > timezone.localdate(at):
        raise ValidationError("That day is still to come. Write it down once you have been there.")


def _locked(visit: ExposureVisit) -> ExposureVisit:
    locked = ExposureVisit.objects.select_for_update().values_list("pk", flat=True)
    return ExposureVisit.objects.for_list().get(pk=locked.get(pk=visit.pk))
