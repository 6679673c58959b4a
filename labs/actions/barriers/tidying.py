"""Programme staff keep the board in order: duplicates put together, and what names somebody set aside.

Nothing is lost: what was merged keeps its own page, its words and its “same here”s, which the page of
the one that stands shows as well."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Person
from labs import events
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord
from labs.policy.barriers import may_put_back, may_set_aside, may_tidy
from systemschangers.kernel import activity

from . import keeping
from .keeping import locked

S = BarrierWord.Step


@transaction.atomic
def merge(*, barrier: Barrier, into: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    """`barrier` becomes a duplicate of `into`. Raises ValidationError when `into` does not stand for
    itself, or others are merged into `barrier`: they would hang in a chain."""
    first, second = sorted([barrier.pk, into.pk])
    if first == second:
        raise ValidationError("Choose another barrier than this one.")
    list(Barrier.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk"))
    barrier, into = locked(barrier), locked(into)
    may_tidy(by).require()
    if into.state in (Barrier.State.DUPLICATE, Barrier.State.SET_ASIDE):
        raise ValidationError("That one does not stand for itself. Choose another.")
    if barrier.duplicates.exists():
        raise ValidationError(
            "Others are merged into this one already. Merge the other one into it instead."
        )
    barrier.merge(into)
    return _done(barrier, S.MERGED, events.BARRIER_MERGED, by, at, words)


@transaction.atomic
def unmerge(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    """Taken apart again: both stand as they did before."""
    barrier = locked(barrier)
    may_tidy(by).require()
    barrier.unmerge()
    return _done(barrier, S.UNMERGED, events.BARRIER_UNMERGED, by, at, words)


@transaction.atomic
def set_aside(*, barrier: Barrier, words: str, by: Person, at: datetime) -> Barrier:
    """Off the board: it shows who somebody is, or is not about the work. The raiser reads why."""
    keeping.insist_on_words(words, "Say why: who raised it reads your words.")
    barrier = locked(barrier)
    may_set_aside(by, barrier).require()
    if barrier.duplicates.exists():
        raise ValidationError(
            {
                "words": "Others are merged into this one. Take them apart first, or they would go too."
            }
        )
    barrier.set_aside()
    return _done(barrier, S.SET_ASIDE, events.BARRIER_SET_ASIDE, by, at, words)


@transaction.atomic
def put_back(*, barrier: Barrier, words: str = "", by: Person, at: datetime) -> Barrier:
    barrier = locked(barrier)
    may_put_back(by, barrier).require()
    barrier.put_back()
    return _done(barrier, S.PUT_BACK, events.BARRIER_PUT_BACK, by, at, words)


def _done(
    barrier: Barrier, step: BarrierWord.Step, verb: str, by: Person, at: datetime, words: str
) -> Barrier:
    barrier.save()
    keeping.say(barrier, step, voice=Voice(by), words=words, at=at)
    activity.record(verb, actor=by, target=barrier, at=at, notify=audiences.raiser(barrier))
    return barrier
