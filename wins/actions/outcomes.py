"""Outcomes: drafted, formulated, taken back; and the answers of those who know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cohorts.meanwhile import ChangedMeanwhile, insist_on_version
from cohorts.models import Person
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from wins import events
from wins.erasing import erase_outcome
from wins.locking import held_outcome
from wins.models import Outcome
from wins.policy.outcomes import (
    may_edit_outcome,
    may_formulate,
    may_remove_outcome,
    may_rethink,
    may_take_back_outcome,
)

FIELDS = Outcome.WHOLE


@transaction.atomic
def draft(*, by: Person, at: datetime, came_of: Any = None, **telling: Any) -> Outcome:
    """Begin an outcome that only `by` sees. `telling` holds FIELDS, all but the first words may wait.

    `came_of` is a thing it came of, which `by` sees."""
    service = by.reach.services[0] if by.reach.services else None
    made = Outcome.objects.create(author=by, service_id=service, made_at=at, **telling)
    if came_of is not None:
        tie(made, Thread.Kind.CAME_OF, came_of, by=by, at=at)
    activity.record(events.OUTCOME_DRAFTED, actor=by, target=made, at=at)
    return made


@transaction.atomic
def edit(*, outcome: Outcome, version: int, by: Person, at: datetime, **telling: Any) -> Outcome:
    """Change a draft. Raises ChangedMeanwhile when `version` is not the latest."""
    outcome = held_outcome(outcome)
    may_edit_outcome(by, outcome).require()
    insist_on_version(outcome, version)
    for name in FIELDS:
        setattr(outcome, name, telling[name])
    outcome.edited_at = at
    outcome.save()
    activity.record(events.OUTCOME_EDITED, actor=by, target=outcome, at=at, version=outcome.version)
    return outcome


@transaction.atomic
def formulate(*, outcome: Outcome, version: int, by: Person, at: datetime) -> Outcome:
    """Show a whole draft to everyone here. Raises ChangedMeanwhile when it is not at `version`."""
    outcome = held_outcome(outcome)
    may_formulate(by, outcome).require()
    outcome.formulate(at)
    if outcome.version != version:
        raise ChangedMeanwhile(outcome)
    outcome.save(update_fields=["state", "formulated_at"])
    activity.record(events.OUTCOME_FORMULATED, actor=by, target=outcome, at=at)
    return outcome


@transaction.atomic
def rethink(*, outcome: Outcome, by: Person, at: datetime) -> Outcome:
    """A draft again, to change its words. Questions that wait for an answer are called off."""
    outcome = held_outcome(outcome)
    may_rethink(by, outcome).require()
    outcome.rethink()
    outcome.save(update_fields=["state", "formulated_at"])
    _call_off_questions(outcome, at)
    activity.record(events.OUTCOME_RETHOUGHT, actor=by, target=outcome, at=at)
    return outcome


@transaction.atomic
def take_back(*, outcome: Outcome, by: Person, at: datetime) -> Outcome:
    """Only its author sees it, with every answer, until it is put back with every answer."""
    outcome = held_outcome(outcome)
    may_take_back_outcome(by, outcome).require()
    if outcome.taken_back_at is None:
        outcome.taken_back_at = at
        outcome.save(update_fields=["taken_back_at"])
        _call_off_questions(outcome, at)
        activity.record(events.OUTCOME_TAKEN_BACK, actor=by, target=outcome, at=at)
    return outcome


@transaction.atomic
def put_back(*, outcome: Outcome, by: Person, at: datetime) -> Outcome:
    outcome = held_outcome(outcome)
    may_take_back_outcome(by, outcome).require()
    if outcome.taken_back_at is not None:
        outcome.taken_back_at = None
        outcome.save(update_fields=["taken_back_at"])
        activity.record(events.OUTCOME_PUT_BACK, actor=by, target=outcome, at=at)
    return outcome


@transaction.atomic
def remove(*, outcome: Outcome, by: Person, at: datetime) -> None:
    """For good. Not once somebody has answered it."""
    outcome = held_outcome(outcome)
    may_remove_outcome(by, outcome).require()
    activity.record(events.OUTCOME_REMOVED, actor=by, target=outcome, at=at)
    _call_off_questions(outcome, at)
    erase_outcome(outcome)


def _call_off_questions(outcome: Outcome, at: datetime) -> None:
    for asked in outcome.substantiations.all():  # type: ignore[attr-defined]
        if asked.state == asked.State.ASKED:
            asked.call_off()
            asked.save(update_fields=["state", "email"])
            signed_links.call_off(asked, at=at)
