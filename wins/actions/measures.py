"""What is counted about a thing: begun, changed, removed; and its figures, one by one or many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import Person
from systemschangers.kernel import activity
from wins import events
from wins.locking import locked_thing
from wins.models import DataPoint, Measure
from wins.models.things import key_of, kind_of
from wins.policy.measures import may_keep, may_measure
from wins.run_charts import Point

FIELDS = ("counted", "unit", "better", "definition", "chart", "rule_set")


@transaction.atomic
def begin(*, thing: Any, by: Person, at: datetime, **telling: str) -> Measure:
    """Begin to count something about a win or a practice. `telling` holds FIELDS."""
    thing = locked_thing(thing)
    may_measure(by, thing).require()
    measure = Measure.objects.create(made_at=at, **{kind_of(thing): thing}, **telling)
    activity.record(events.MEASURE_BEGUN, actor=by, target=measure, at=at, of=key_of(thing))
    return measure


@transaction.atomic
def change(*, measure: Measure, version: int, by: Person, at: datetime, **telling: str) -> Measure:
    """Say anew what is counted and how. Its figures stay. Raises ChangedMeanwhile when `version` is
    not the latest: a practice has several owners."""
    measure = _held(measure, by)
    insist_on_version(measure, version)
    for name in FIELDS:
        setattr(measure, name, telling[name])
    measure.save(update_fields=[*FIELDS, "version"])
    activity.record(events.MEASURE_CHANGED, actor=by, target=measure, at=at)
    return measure


@transaction.atomic
def remove(*, measure: Measure, by: Person, at: datetime) -> None:
    """Take a measure away with all its figures."""
    measure = _held(measure, by)
    activity.record(events.MEASURE_REMOVED, actor=by, target=measure, at=at)
    measure.delete()


@transaction.atomic
def write_down(
    *, measure: Measure, on: date, value: Decimal, note: str, by: Person, at: datetime
) -> DataPoint:
    """One figure. Raises ValidationError when that day has one already."""
    measure = _held(measure, by)
    with clashes_in_words(DataPoint):
        return DataPoint.objects.create(
            measure=measure, on=on, value=value, note=note, made_by=by, made_at=at
        )


@transaction.atomic
def write_down_all(*, measure: Measure, points: Sequence[Point], by: Person, at: datetime) -> int:
    """Many figures at once; a day that has one already gets the new one. Returns how many were new."""
    measure = _held(measure, by)
    before = measure.points.count()
    DataPoint.objects.bulk_create(
        [
            DataPoint(
                measure=measure,
                on=point.on,
                value=point.value,
                note=point.note,
                made_by=by,
                made_at=at,
            )
            for point in points
        ],
        update_conflicts=True,
        unique_fields=["measure", "on"],
        update_fields=["value", "note", "made_by", "made_at"],
    )
    return measure.points.count() - before


@transaction.atomic
def change_point(
    *, point: DataPoint, on: date, value: Decimal, note: str, by: Person, at: datetime
) -> DataPoint:
    """Put a figure right. Raises ValidationError when the other day has one already."""
    _held(point.measure, by)
    point.on, point.value, point.note, point.made_by, point.made_at = on, value, note, by, at
    with clashes_in_words(DataPoint):
        point.save()
    return point


@transaction.atomic
def remove_point(*, point: DataPoint, by: Person, at: datetime) -> None:
    measure = _held(point.measure, by)
    activity.record(events.FIGURE_REMOVED, actor=by, target=measure, at=at)
    point.delete()


def _held(measure: Measure, by: Person) -> Measure:
    """The measure with its row locked, for somebody who may keep it."""
    Measure.objects.select_for_update().filter(pk=measure.pk).order_by().values_list("pk").get()
    found = Measure.objects.for_detail().get(pk=measure.pk)
    may_keep(by, found).require()
    return found
