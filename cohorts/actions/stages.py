"""The stages of a cohort: added, changed, put in another order, removed when nothing hangs on them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.models import Cohort, Person, Stage
from cohorts.policy.sessions import may_change_stages
from systemschangers.kernel import activity

MOST = 12


@transaction.atomic
def add(
    *, cohort: Cohort, name: str, starts: date | None, ends: date | None, by: Person, at: datetime
) -> Stage:
    """After the others. Raises ValidationError when there are twelve."""
    may_change_stages(by, cohort).require()
    _lock(cohort.pk)
    if cohort.stages.count() >= MOST:
        raise ValidationError(f"A cohort has {MOST} stages at most. Remove one first.")
    last = cohort.stages.aggregate(last=Max("position"))["last"] or 0
    with clashes_in_words(Stage):
        stage = Stage.objects.create(
            cohort=cohort, name=name, starts=starts, ends=ends, position=last + 1
        )
    activity.record(events.STAGE_ADDED, actor=by, target=stage, at=at)
    return stage


@transaction.atomic
def change(
    *, stage: Stage, name: str, starts: date | None, ends: date | None, by: Person, at: datetime
) -> Stage:
    may_change_stages(by, stage.cohort_id).require()
    stage = Stage.objects.select_for_update().get(pk=stage.pk)
    stage.name, stage.starts, stage.ends = name, starts, ends
    with clashes_in_words(Stage):
        stage.save()
    activity.record(events.STAGE_CHANGED, actor=by, target=stage, at=at)
    return stage


@transaction.atomic
def move(*, stage: Stage, earlier: bool, by: Person, at: datetime) -> Stage:
    """Change places with the one before, or after. At an end, nothing happens."""
    may_change_stages(by, stage.cohort_id).require()
    _lock(stage.cohort_id)
    stages = list(Stage.objects.filter(cohort=stage.cohort_id))
    place = next((n for n, one in enumerate(stages) if one.pk == stage.pk), None)
    if place is None:
        raise Stage.DoesNotExist
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(stages):
        return stages[place]
    one, two = stages[place], stages[other]
    one.position, two.position = two.position, one.position
    for changed in (one, two):
        changed.save(update_fields=["position"])
    activity.record(events.STAGE_MOVED, actor=by, target=one, at=at)
    return one


@transaction.atomic
def remove(*, stage: Stage, by: Person, at: datetime) -> None:
    """Raises ValidationError while sessions belong to it."""
    may_change_stages(by, stage.cohort_id).require()
    _lock(stage.cohort_id)
    stage = Stage.objects.get(pk=stage.pk)
    held = stage.sessions.count()
    if held:
        sessions = "1 session belongs" if held == 1 else f"{held} sessions belong"
        raise ValidationError(f"{sessions} to “{stage}”. Move them to another stage first.")
    activity.record(events.STAGE_REMOVED, actor=by, target=stage, at=at)
    stage.delete()


def _lock(cohort: int) -> None:
    """One change of a cohort’s stages at a time. Planning a session takes the same lock."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort)
