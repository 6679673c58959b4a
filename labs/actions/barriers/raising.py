"""Raising a barrier with one's name, changing its words, and asking a leader to answer it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Leader, Person
from labs import events
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord
from labs.models.barrier_answers import this_week
from labs.policy.barriers import may_edit, may_hide, may_name_holder
from systemschangers.kernel import activity

from . import keeping, letters
from .keeping import locked

MEANWHILE = "This barrier was changed meanwhile. Below is how it stands now, beside what you typed."


@transaction.atomic
def raise_barrier(
    *, way: str, answers: dict[str, Any], service: Any = None, by: Person, at: datetime
) -> Barrier:
    """With one's name, or hidden from the organisations one works for. A leader who is named is asked.

    Raises ValidationError for a leader of an organisation it is hidden from."""
    if way == Barrier.Way.ANONYMOUS:
        raise ValueError("An anonymous barrier has no raiser: see actions.barriers.held")
    if way == Barrier.Way.HIDDEN:
        may_hide(by).require()
    barrier = Barrier.objects.create(
        way=way,
        raised_by=by,
        service=service,
        week=this_week(at),
        shown_on=timezone.localdate(at),
        **_tidied(answers),
    )
    if way == Barrier.Way.HIDDEN:
        barrier.hidden_from.set(keeping.organisations_of(by))
    barrier = locked(barrier)
    if barrier.leader:
        keeping.insist_leader_may_read(barrier, barrier.leader)
    activity.record(
        events.BARRIER_RAISED,
        actor=by,
        target=barrier,
        at=at,
        notify=audiences.holders(barrier, at),
    )
    letters.ask_holder(barrier, at=at)
    return barrier


@transaction.atomic
def edit(
    *, barrier: Barrier, answers: dict[str, Any], version: int, by: Person, at: datetime
) -> Barrier:
    """Raises ValidationError (code “meanwhile”) when it was changed since `version`."""
    barrier = locked(barrier)
    may_edit(by, barrier).require()
    if barrier.version != version:
        raise ValidationError(MEANWHILE, code="meanwhile")
    asked = barrier.leader
    for name, value in _tidied(answers).items():
        setattr(barrier, name, value)
    barrier.version += 1
    barrier.save()
    if barrier.leader and barrier.leader != asked:
        _ask(barrier, by, at)
    activity.record(events.BARRIER_CHANGED_WORDS, actor=by, target=barrier, at=at)
    return barrier


@transaction.atomic
def name_holder(
    *, barrier: Barrier, leader: Leader, words: str = "", by: Person, at: datetime
) -> Barrier:
    """Somebody has the power to change it: they are asked, by letter too."""
    barrier = locked(barrier)
    may_name_holder(by, barrier).require()
    if leader.retired_at:
        raise ValidationError({"leader": "They no longer meet people here. Choose somebody else."})
    if barrier.leader_id == leader.pk:
        raise ValidationError({"leader": f"{leader.name} is asked already."})
    if leader.person_id and leader.person_id == barrier.raised_by_id:
        raise ValidationError({"leader": f"{leader.name} raised it. Choose somebody else."})
    barrier.leader = leader
    barrier.save()
    keeping.say(barrier, BarrierWord.Step.HOLDER, voice=Voice(by), at=at, words=words)
    _ask(barrier, by, at)
    return barrier


def _ask(barrier: Barrier, by: Person, at: datetime) -> None:
    if barrier.leader:
        keeping.insist_leader_may_read(barrier, barrier.leader)
    activity.record(
        events.BARRIER_HOLDER_NAMED,
        actor=by,
        target=barrier,
        at=at,
        notify=audiences.holders(barrier, at),
    )
    letters.ask_holder(barrier, at=at)


def _tidied(answers: dict[str, Any]) -> dict[str, Any]:
    """A rule is cited only where there is one."""
    if answers.get("rule") != Barrier.Rule.WRITTEN:
        return answers | {"rule_cited": ""}
    return answers
