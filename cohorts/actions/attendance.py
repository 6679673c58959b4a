"""Who was in the room: ticked by staff, several of them at once, each changing only what they touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.models import Attendance, Membership, Person, Session
from cohorts.policy.sessions import may_be_ticked, may_tick
from systemschangers.kernel import activity

UNSAID = ""
STATES = {UNSAID, *Attendance.State.values}


@dataclass(frozen=True)
class Tick:
    """What the page said of somebody when it was opened, and what it says now; UNSAID for nothing."""

    was: str
    now: str


@dataclass
class Ticked:
    """What came of it: people by name, for the words of the page."""

    saved: int = 0
    overruled: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def tick(*, session: Session, ticks: Mapping[int, Tick], by: Person, at: datetime) -> Ticked:
    """Save what was touched, by numbers of people. What was not touched stays as it is by now, so that
    two who tick at once keep each other's ticks. Who has left the cohort meanwhile is left out.

    Raises ValidationError for “here” or “not there” before the day has come."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    may_tick(by, session).require()
    touched = {pk: one.now for pk, one in ticks.items() if one.now != one.was}
    rows = {
        row.person_id: row for row in Attendance.objects.filter(session=session, person__in=touched)
    }
    changed = {pk: now for pk, now in touched.items() if now != _state(rows.get(pk))}
    for state in set(changed.values()):
        verdict = may_be_ticked(session, state, at)
        if not verdict:
            raise ValidationError(verdict.reason)
    members = Membership.objects.filter(
        cohort=session.cohort_id,
        person__in=changed,
        state=Membership.State.ACTIVE,
        person__is_active=True,
    )
    here = set(members.values_list("person", flat=True)) | set(rows)
    names = dict(Person.objects.filter(pk__in=changed).values_list("pk", "name"))
    done, said = Ticked(), {}
    for pk, now in changed.items():
        if pk not in here:
            done.left_out += [names[pk]] if pk in names else []
            continue
        if _state(rows.get(pk)) != ticks[pk].was:
            done.overruled.append(names[pk])
        _save(session, pk, rows.get(pk), now, by, at)
        said[str(pk)] = now
    done.saved = len(said)
    if said:
        activity.record(events.SESSION_TICKED, actor=by, target=session, at=at, ticks=said)
    done.overruled.sort()
    done.left_out.sort()
    return done


def _state(row: Attendance | None) -> str:
    return row.state if row else UNSAID


def _save(
    session: Session, pk: int, row: Attendance | None, now: str, by: Person, at: datetime
) -> None:
    if now == UNSAID:
        if row is not None:
            row.delete()
        return
    row = row or Attendance(session=session, person_id=pk)
    row.state, row.ticked_by, row.ticked_at = now, by, at
    row.save()
