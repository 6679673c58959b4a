"""Protected time: asked, decided, answered, withdrawn, and afterwards taken or lost to cover.

What is decided of one slot of a series is decided of all its slots that wait."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.audiences import time as audiences
from cohorts.clashes import clashes_in_words
from cohorts.line_managers import line_manager_of
from cohorts.models import Person, TimeRequest
from cohorts.policy.decisions import may_decide
from cohorts.policy.time_requests import may_answer, may_ask_for_time, may_tell, may_withdraw
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import Step, WrongState

Slot = tuple[datetime, datetime]
DECIDED = {
    TimeRequest.APPROVE: events.TIME_APPROVED,
    TimeRequest.DECLINE: events.TIME_DECLINED,
    TimeRequest.ASK_MORE: events.TIME_MORE_ASKED,
}


@transaction.atomic
def ask(
    *, purpose: str, slots: Sequence[Slot], cover: str, note: str, by: Person, at: datetime
) -> list[TimeRequest]:
    """One request a slot; several are one series. Beyond the agreed hours is asked like any other.

    Raises ValidationError when a slot has passed, or approved time of theirs is in it already."""
    may_ask_for_time(by).require()
    for starts_at, ends_at in slots:
        if starts_at <= at:
            raise ValidationError("That time has passed. Choose one that is still to come.")
        _insist_free(by, starts_at, ends_at)
    manager = line_manager_of(by)
    series = uuid.uuid4() if len(slots) > 1 else None
    with clashes_in_words(TimeRequest):
        asked = TimeRequest.objects.bulk_create(
            TimeRequest(
                worker=by,
                manager=manager,
                purpose=purpose,
                starts_at=starts_at,
                ends_at=ends_at,
                cover=cover,
                note=note,
                series=series,
                asked_at=at,
            )
            for starts_at, ends_at in slots
        )
    _record_all(events.TIME_ASKED, asked, by, at, audiences.deciders(asked[0], at))
    return asked


def approve(
    *, request: TimeRequest, words: str = "", alone: bool = False, by: Person, at: datetime
) -> list[TimeRequest]:
    """Returns the slots that are approved now. Raises WrongState naming who decided before, and
    ValidationError naming the slot when other approved time is in the way: then nothing is approved."""
    return _decide(TimeRequest.APPROVE, request, words, "", alone, by, at)


def decline(
    *,
    request: TimeRequest,
    ground: str,
    words: str,
    alone: bool = False,
    by: Person,
    at: datetime,
) -> list[TimeRequest]:
    """With a ground from the list, and words. Raises ValidationError without either."""
    if ground not in TimeRequest.Ground.values:
        raise ValidationError({"ground": "Choose a ground, so that the answer can be understood."})
    _insist_words(words, "Say in a sentence why not now, and what might work instead.")
    return _decide(TimeRequest.DECLINE, request, words, ground, alone, by, at)


def ask_for_more(
    *, request: TimeRequest, words: str, alone: bool = False, by: Person, at: datetime
) -> list[TimeRequest]:
    _insist_words(words, "Say what you need to know. A sentence is enough.")
    return _decide(TimeRequest.ASK_MORE, request, words, "", alone, by, at)


@transaction.atomic
def answer(
    *, request: TimeRequest, answer: str, cover: str, by: Person, at: datetime
) -> list[TimeRequest]:
    """What the manager asked is answered, for all slots of the series that wait for it."""
    request, slots = _locked(request, alone=False)
    may_answer(by, request).require()
    if not answer.strip():
        raise ValidationError({"answer": "Write your answer. A sentence is enough."})
    for slot in slots:
        slot.give_answer(answer=answer, cover=cover)
        slot.save()
    _record_all(events.TIME_ANSWERED, slots, by, at, audiences.deciders(request, at))
    return slots


@transaction.atomic
def withdraw(*, request: TimeRequest, by: Person, at: datetime) -> TimeRequest:
    """This slot alone, asked or approved. The manager is told: cover may be called off."""
    request, _ = _locked(request, alone=True)
    may_withdraw(by, request, at).require()
    request.withdraw()
    request.save()
    _record_all(events.TIME_WITHDRAWN, [request], by, at, audiences.deciders(request, at))
    return request


def take(*, request: TimeRequest, by: Person, at: datetime) -> TimeRequest:
    """Raises ValidationError when other approved or taken time is in the same slot."""
    return _tell(TimeRequest.TAKE, events.TIME_TAKEN, request, by, at)


def lose(*, request: TimeRequest, by: Person, at: datetime) -> TimeRequest:
    return _tell(TimeRequest.LOSE, events.TIME_LOST, request, by, at)


@transaction.atomic
def _tell(step: Step, verb: str, request: TimeRequest, by: Person, at: datetime) -> TimeRequest:
    request, _ = _locked(request, alone=True)
    may_tell(by, request, at).require()
    request.tell(step, at=at)
    _save(request)
    _record_all(verb, [request], by, at, [])
    return request


@transaction.atomic
def _decide(
    step: Step,
    request: TimeRequest,
    words: str,
    ground: str,
    alone: bool,
    by: Person,
    at: datetime,
) -> list[TimeRequest]:
    request, slots = _locked(request, alone=alone)
    may_decide(by, request, at).require()
    if request.state not in step.sources:
        raise WrongState(_already(request))
    on_behalf_of = None if by.pk == request.manager_id else request.manager
    for slot in slots:
        slot.decide(step, by=by, on_behalf_of=on_behalf_of, at=at, words=words, ground=ground)
        _save(slot)
    _record_all(DECIDED[step], slots, by, at, audiences.decided(request, by))
    return slots


def _locked(request: TimeRequest, *, alone: bool) -> tuple[TimeRequest, list[TimeRequest]]:
    """The request as it is now, and with it the slots of its series in the same state; all locked."""
    rows = TimeRequest.objects.filter(pk=request.pk)
    if request.series and not alone:
        rows = TimeRequest.objects.filter(series=request.series)
    # Locked first and read after: a join read while waiting for the lock would be out of date.
    locked = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    slots = list(TimeRequest.objects.filter(pk__in=locked).for_list().order_by("pk"))
    now = next(slot for slot in slots if slot.pk == request.pk)
    return now, [slot for slot in slots if slot.state == now.state]


def _save(request: TimeRequest) -> None:
    """In words that name the other slot, when the database finds two in one place."""
    try:
        with clashes_in_words(TimeRequest):
            request.save()
    except ValidationError:
        _insist_free(request.worker, request.starts_at, request.ends_at, but=request.pk)
        raise


def _insist_free(worker: Person, starts_at: datetime, ends_at: datetime, but: int = 0) -> None:
    taken = TimeRequest.objects.overlapping(worker, starts_at, ends_at).exclude(pk=but)
    other = taken.order_by("starts_at").first()
    if other:
        raise ValidationError(
            f"{worker} already has approved time on {other.slot}, to "
            f"{other.get_purpose_display()}. Choose another time, or withdraw that one first."
        )


def _insist_words(words: str, otherwise: str) -> None:
    if not words.strip():
        raise ValidationError({"words": otherwise})


def _already(request: TimeRequest) -> str:
    """Who was quicker, in words."""
    state = TimeRequest.State
    if request.state == state.WITHDRAWN:
        return f"{request.worker} has withdrawn this request."
    if request.decided_by is None:
        return f"{request.worker} has answered, so this waits for a decision again."
    did = {
        state.MORE_ASKED: "asked for more about this",
        state.DECLINED: "declined this",
    }.get(state(request.state), "approved this")
    return f"{request.decider} has already {did}."


def _record_all(
    verb: str, slots: list[TimeRequest], by: Person, at: datetime, notify: list[Person]
) -> None:
    """An event for each slot; people are told once."""
    for number, slot in enumerate(slots):
        activity.record(
            verb,
            actor=by,
            target=slot,
            at=at,
            notify=[] if number else notify,
            slots=len(slots),
            on_behalf_of=slot.decided_for_id,
        )
