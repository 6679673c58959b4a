"""Anonymous barriers: held back, shown in batches at night, answered for by receipt.

What could tell who raised one is never written. What could tell *when* is kept from telling: of the
day no more than is needed for three days' wait, and then only the week; keys are drawn by chance; no
event is recorded at the time. Each night everything that is held is taken out and written anew in an
order of chance, in one transaction, so that neither the place of a row in its file nor the number of
the transaction that wrote it says which came first. For the same reason, what somebody says by receipt
is acted on in the batch as well."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice
from labs import events, receipts
from labs.audiences import barriers as audiences
from labs.models import Barrier, HeldBarrier
from labs.models.barrier_answers import answers_of, monday_of, random_key
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import confirming, letters

TOGETHER = 4  # one, with at least three others
LONGEST = timedelta(days=4)  # of days begun: at least 72 hours, whatever the hour was
MOST_A_DAY = 300
FULL = (
    "So many barriers were raised anonymously today that we take no more until tomorrow. "
    "Please come back then, and keep your words until you do."
)
FIXED, NOT_FIXED = "fixed", "not_fixed"


def hold(*, answers: Mapping[str, Any], key: str, at: datetime) -> str:
    """Keep an anonymous barrier until it is shown. Returns its receipt, which is kept only as a digest.

    The same answers sent again with the same form key are one barrier with the same receipt. Raises
    ValidationError when the day is full."""
    today = timezone.localdate(at)
    if HeldBarrier.objects.filter(held_on=today).count() >= MOST_A_DAY:
        raise ValidationError(FULL)
    given = dict(answers)
    if given.get("rule") != Barrier.Rule.WRITTEN:
        given["rule_cited"] = ""
    code = receipts.draw(key, {name: str(value) for name, value in given.items()})
    hashed = receipts.digest(code)
    if not Barrier.objects.filter(receipt_hash=hashed).exists():
        # Not an error when it is there: PostgreSQL would write the moment into its own log.
        held = HeldBarrier(receipt_hash=hashed, held_on=today, week=monday_of(today), **given)
        HeldBarrier.objects.bulk_create([held], ignore_conflicts=True)
    return code


@transaction.atomic
def throw_away(*, code: str) -> bool:
    """Whoever holds the receipt thought better of it, before it was shown. False when it was too late."""
    return bool(HeldBarrier.objects.filter(receipt_hash=receipts.digest(code)).delete()[0])


@transaction.atomic
def answer_by_receipt(*, code: str, says: str, words: str) -> Barrier:
    """Fixed, or not. Written on the row alone and acted on in the next batch; until then it can be
    said otherwise. Raises WrongState when nothing is asked, ValidationError for an unknown code."""
    found = Barrier.objects.select_for_update().filter(receipt_hash=receipts.digest(code)).first()
    if found is None:
        raise ValidationError("We don’t know this receipt.")
    ready = Barrier.CONFIRM if says == FIXED else Barrier.REOPEN
    if found.state not in ready.sources:
        raise WrongState(f"This barrier is “{found.get_state_display()}”, so nothing is asked now.")
    if says == FIXED and found.asked_on is None:
        raise WrongState("We ask four weeks after the change, so that it has had time to show.")
    found.receipt_says, found.receipt_words = (FIXED if says == FIXED else NOT_FIXED), words
    found.save(update_fields=["receipt_says", "receipt_words"])
    return found


@transaction.atomic
def run_batch(*, at: datetime) -> int:
    """For the schedule, each night: show what is due, act on what was said by receipt, draw the rest
    anew. Run again, it finds nothing more to do. Returns how many were shown."""
    chance: random.Random = secrets.SystemRandom()
    _hear_receipts(chance, at)
    held = list(HeldBarrier.objects.select_for_update())
    chance.shuffle(held)
    today = timezone.localdate(at)
    due = held
    if len(held) < TOGETHER:
        due = [one for one in held if one.held_on + LONGEST <= today]
    HeldBarrier.objects.filter(pk__in=[one.pk for one in held]).delete()
    _show(due, at)
    shown = {one.pk for one in due}
    staying = [one for one in held if one.pk not in shown]
    for one in staying:
        one.pk = random_key()
    HeldBarrier.objects.bulk_create(staying)
    return len(due)


def _show(due: list[HeldBarrier], at: datetime) -> None:
    shown = Barrier.objects.bulk_create(
        Barrier(
            way=Barrier.Way.ANONYMOUS,
            receipt_hash=one.receipt_hash,
            week=one.week,
            shown_on=timezone.localdate(at),
            **answers_of(one),
        )
        for one in due
    )
    for barrier in Barrier.objects.for_detail().filter(pk__in=[one.pk for one in shown]):
        hearers = audiences.holders(barrier, at)
        activity.record(events.BARRIER_RAISED, actor=None, target=barrier, at=at, notify=hearers)
        letters.ask_holder(barrier, at=at)


def _hear_receipts(chance: random.Random, at: datetime) -> None:
    said = Barrier.objects.exclude(receipt_says="").select_for_update()
    keys = list(said.values_list("pk", flat=True))
    chance.shuffle(keys)
    for key in keys:
        barrier = Barrier.objects.for_detail().get(pk=key)
        fixed, words = barrier.receipt_says == FIXED, barrier.receipt_words
        barrier.receipt_says = barrier.receipt_words = ""
        confirming.take(barrier, fixed=fixed, words=words, voice=Voice(by=None), at=at)
