"""Fixed only counts when whoever raised it says so, asked four weeks after the change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Person
from labs import events
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord
from labs.models.barriers import FOUR_WEEKS
from labs.policy.barriers import may_confirm, may_say_whether_fixed
from systemschangers.kernel import activity

from . import keeping, letters
from .keeping import locked

S = BarrierWord.Step
BATCH = 200


@transaction.atomic
def confirm(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    barrier = locked(barrier)
    may_confirm(by, barrier).require()
    return take(barrier, fixed=True, words=words, voice=Voice(by), at=at)


@transaction.atomic
def reopen(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    """Not fixed, or not any more: it is open again, and who answered hears of it."""
    barrier = locked(barrier)
    may_say_whether_fixed(by, barrier).require()
    return take(barrier, fixed=False, words=words, voice=Voice(by), at=at)


def take(barrier: Barrier, *, fixed: bool, words: str, voice: Voice, at: datetime) -> Barrier:
    """The verdict on a locked barrier, by account or (in the nightly batch) by receipt."""
    if fixed:
        barrier.confirm()
    else:
        barrier.reopen()
    barrier.save()
    keeping.say(barrier, S.CONFIRMED if fixed else S.REOPENED, voice=voice, words=words, at=at)
    activity.record(
        events.BARRIER_CONFIRMED if fixed else events.BARRIER_REOPENED,
        actor=voice.by,
        target=barrier,
        at=at,
        notify=[*audiences.holders(barrier, at), *audiences.concerned(barrier)],
    )
    if not fixed:
        letters.reopened(barrier, at=at)
    return barrier


def ask_whether_fixed(*, at: datetime) -> int:
    """For the schedule: four weeks after a change, ask whoever raised it. Asked once; who raised it
    anonymously finds the question when they come back by receipt. Returns how many were asked."""
    today = timezone.localdate(at)
    due = Barrier.objects.filter(
        state=Barrier.State.CHANGED, asked_on=None, changed_on__lte=today - FOUR_WEEKS
    )
    return _each(due, _ask, at)


def remind_holders(*, at: datetime) -> int:
    """For the schedule: the day a change was promised for has come. Once a promise."""
    due = Barrier.objects.filter(
        state=Barrier.State.PROMISED, reminded_on=None, due_on__lte=timezone.localdate(at)
    )
    return _each(due, _remind, at)


def _each(due, act, at: datetime) -> int:
    done = 0
    while True:
        with transaction.atomic():
            rows = due.order_by("pk").select_for_update(skip_locked=True)
            batch = list(rows.values_list("pk", flat=True)[:BATCH])
            for barrier in Barrier.objects.for_detail().filter(pk__in=batch):
                act(barrier, at)
        done += len(batch)
        if len(batch) < BATCH:
            return done


def _ask(barrier: Barrier, at: datetime) -> None:
    barrier.asked_on = timezone.localdate(at)
    barrier.save(update_fields=["asked_on"])
    keeping.say(barrier, S.ASKED, at=at)
    activity.record(
        events.BARRIER_ASKED_WHETHER_FIXED,
        actor=None,
        target=barrier,
        at=at,
        notify=audiences.raiser(barrier),
    )


def _remind(barrier: Barrier, at: datetime) -> None:
    barrier.reminded_on = timezone.localdate(at)
    barrier.save(update_fields=["reminded_on"])
    activity.record(
        events.BARRIER_HOLDER_REMINDED,
        actor=None,
        target=barrier,
        at=at,
        notify=audiences.holders(barrier, at),
    )
    letters.remind_holder(barrier, at=at)
