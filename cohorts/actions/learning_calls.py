"""Learning calls: planned, moved, written down, or not held. Only the two who speak do any of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import events
from cohorts.audiences import running as audiences
from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import LearningCall, Membership, Person
from cohorts.policy.learning_calls import (
    may_carry_on_call,
    may_log_call,
    may_plan_call,
    may_write_call,
)
from systemschangers.kernel import activity

State = LearningCall.State
NOTHING_SAID = "Write a line under at least one of the three."


@dataclass(frozen=True)
class Said:
    """What is written down of a call, through the three lenses; before it, what to bring along."""

    me: str = ""
    organisation: str = ""
    system: str = ""
    next_step: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.me or self.organisation or self.system)


@transaction.atomic
def plan(
    *, membership: Membership, planned_for: datetime, said: Said, by: Person, at: datetime
) -> LearningCall:
    """The other is told. Raises ValidationError for a time that has passed, or when one is planned."""
    membership = _member(membership)
    may_plan_call(by, membership).require()
    _insist_still_to_come(planned_for, at)
    call = _new(membership, State.PLANNED, said, at, planned_for=planned_for)
    return _record(events.CALL_PLANNED, call, by, at)


@transaction.atomic
def log(
    *, membership: Membership, held_on: date, said: Said, by: Person, at: datetime
) -> LearningCall:
    """A call that was held without having been planned here. The other is told it is written down."""
    membership = _member(membership)
    may_log_call(by, membership).require()
    _insist_it_has_been(held_on, said, at)
    call = _new(membership, State.HELD, said, at, held_on=held_on)
    return _record(events.CALL_HELD, call, by, at)


@transaction.atomic
def move(
    *,
    call: LearningCall,
    planned_for: datetime,
    said: Said,
    version: int,
    by: Person,
    at: datetime,
) -> LearningCall:
    """To another time, or planned again after it did not happen. The other is told when the time is
    another. Raises ChangedMeanwhile when either saved after `version`."""
    call = _locked(call)
    may_carry_on_call(by, call).require()
    insist_on_version(call, version)
    moved = call.planned_for != planned_for or call.state == State.MISSED
    if moved:
        _insist_still_to_come(planned_for, at)
    if call.state != State.PLANNED:
        call.plan_again(planned_for=planned_for)
    call.planned_for = planned_for
    _write(call, said)
    verb = events.CALL_MOVED if moved else events.CALL_CHANGED
    return _record(verb, call, by, at, tell=moved)


@transaction.atomic
def hold(
    *,
    call: LearningCall,
    held_on: date,
    said: Said,
    version: int,
    by: Person,
    at: datetime,
) -> LearningCall:
    """They spoke. Also after it was said too soon that it did not happen."""
    call = _locked(call)
    may_write_call(by, call).require()
    insist_on_version(call, version)
    _insist_it_has_been(held_on, said, at)
    call.hold(on=held_on)
    _write(call, said)
    return _record(events.CALL_HELD, call, by, at)


@transaction.atomic
def correct(
    *,
    call: LearningCall,
    held_on: date,
    said: Said,
    version: int,
    by: Person,
    at: datetime,
) -> LearningCall:
    """Change the day or the words of a call that was held; either of the two may.

    Raises ChangedMeanwhile when the other saved after `version`."""
    call = _locked(call)
    may_write_call(by, call).require()
    insist_on_version(call, version)
    _insist_it_has_been(held_on, said, at)
    call.held_on = held_on
    _write(call, said)
    return _record(events.CALL_CHANGED, call, by, at, tell=False)


@transaction.atomic
def miss(*, call: LearningCall, by: Person, at: datetime) -> LearningCall:
    """It did not happen, or will not. It can be planned again, or put right."""
    call = _locked(call)
    may_write_call(by, call).require()
    call.miss()
    call.version += 1
    call.save()
    return _record(events.CALL_MISSED, call, by, at)


def _new(
    membership: Membership,
    state: State,
    said: Said,
    at: datetime,
    *,
    planned_for: datetime | None = None,
    held_on: date | None = None,
) -> LearningCall:
    partner = membership.learning_partner
    if partner is None:
        raise ValueError("Only somebody with a learning partner has a call")
    with clashes_in_words(LearningCall):
        return LearningCall.objects.create(
            membership=membership,
            partner=partner,
            state=state,
            planned_for=planned_for,
            held_on=held_on,
            made_at=at,
            me=said.me,
            organisation=said.organisation,
            system=said.system,
            next_step=said.next_step,
        )


def _write(call: LearningCall, said: Said) -> None:
    call.me, call.organisation, call.system = said.me, said.organisation, said.system
    call.next_step = said.next_step
    with clashes_in_words(LearningCall):
        call.save()


def _record(
    verb: str, call: LearningCall, by: Person, at: datetime, *, tell: bool = True
) -> LearningCall:
    notify = audiences.other_of(call, by) if tell else []
    activity.record(verb, actor=by, target=call, at=at, notify=notify)
    return call


def _insist_still_to_come(planned_for: datetime, at: datetime) -> None:
    if planned_for <= at:
        raise ValidationError("That time has passed. Choose one that is still to come.")


def _insist_it_has_been(held_on: date, said: Said, at: datetime) -> None:
    if held_on > timezone.localdate(at):
        raise ValidationError("That day is still to come. Write it down once you have spoken.")
    if said.is_empty:
        raise ValidationError(NOTHING_SAID)


def _member(membership: Membership) -> Membership:
    """Locked, so that nobody leaves or changes partner while a call is being planned."""
    locked = Membership.objects.select_for_update().values_list("pk", flat=True)
    both = Membership.objects.select_related("person", "learning_partner", "cohort")
    return both.get(pk=locked.get(pk=membership.pk))


def _locked(call: LearningCall) -> LearningCall:
    """Locked first and read after: a join read while waiting for the lock would be out of date."""
    locked = LearningCall.objects.select_for_update().values_list("pk", flat=True)
    return LearningCall.objects.for_list().get(pk=locked.get(pk=call.pk))
