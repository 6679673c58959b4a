"""Given directly, on a page that knows nobody; and what is said by receipt.

Nothing here records an event: its hour would tell on whoever was there. What was said by receipt holds
at once, and others are told of it at night, in an order of chance (tell_of_receipts)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from labs import events, receipts
from labs.audiences import voices as audiences
from labs.consent_words import USUAL, Scope
from labs.models import ChangeClaim, Consent, ToldBack, Voice, VoicePoster
from labs.models.barrier_answers import random_key
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import keeping, letters
from .consenting import erase

MOST_A_DAY = 60
FULL = (
    "So many people spoke here today that we take no more until tomorrow. "
    "Please come back then, and keep your words until you do."
)


def scope_of(poster: VoicePoster, *, to_board: bool, everyone: bool, at: datetime) -> Scope:
    """What somebody agrees to on the page: whom the poster names, for a year, and what they add."""
    return Scope(
        until=timezone.localdate(at) + USUAL,
        leaders=(poster.leader,) if poster.leader else (),
        boards=(poster.board,) if poster.board else (),
        everyone=everyone,
        to_learn=everyone,
        to_board=to_board,
    )


@transaction.atomic
def speak(
    *, poster: VoicePoster, words: str, to_board: bool, everyone: bool, key: str, at: datetime
) -> str:
    """Keep a voice given directly. Returns its receipt, which is kept only as a digest.

    The same words sent again with the same form key are one voice with the same receipt. Raises
    ValidationError when the day is full, or the poster was taken down meanwhile."""
    today = timezone.localdate(at)
    keeping.insist_on_words(words, "Write what you want to say.")
    poster = VoicePoster.objects.for_list().select_for_update(of=("self",)).get(pk=poster.pk)
    if not VoicePoster.objects.hanging().filter(pk=poster.pk).exists():
        raise ValidationError("This poster was taken down. Ask in your service for another way.")
    code = receipts.draw(key, {"poster": poster.pk, "words": words})
    hashed = receipts.digest(code)
    if Voice.objects.filter(receipt_hash=hashed).exists():
        return code
    if Voice.objects.filter(poster=poster, told_on=today).count() >= MOST_A_DAY:
        raise ValidationError(FULL)
    voice = Voice.objects.create(
        way=Voice.Way.DIRECT,
        words=words,
        leader=poster.leader,
        board=poster.board,
        poster=poster,
        service=poster.service,
        told_on=today,
        receipt_hash=hashed,
    )
    scope = scope_of(poster, to_board=to_board, everyone=everyone, at=at)
    keeping.give(voice, scope, how=Consent.How.PAGE, at=at)
    return code


@transaction.atomic
def take_back_by_receipt(*, code: str, at: datetime) -> bool:
    """Whoever holds the receipt takes their words back. False when there is nothing to take back."""
    voice = _by_code(code)
    if voice is None:
        return False
    was_sent = voice.is_on_its_way
    erase(voice, at)
    voice.untold = "withdrawn" if was_sent else ""
    voice.save(update_fields=["untold"])
    return True


@transaction.atomic
def judge_by_receipt(
    *, code: str, claim_id: int, confirmed: bool, words: str = "", at: datetime
) -> ChangeClaim:
    """It is so, or not: said by whoever told it. Raises ValidationError for an unknown code or change."""
    voice = _by_code(code)
    claim = voice.claims.select_for_update().filter(pk=claim_id).first() if voice else None
    if voice is None or claim is None:
        raise ValidationError("We don’t know this receipt.")
    today = timezone.localdate(at)
    claim.judge(confirmed=confirmed, how=ChangeClaim.SaidBy.RECEIPT, by=None, today=today)
    claim.verdict_words = words
    claim.save()
    voice.untold = "confirmed" if confirmed else "denied"
    voice.save(update_fields=["untold"])
    return claim


@transaction.atomic
def read_by_receipt(*, code: str, at: datetime) -> Voice:
    """“I have read the answer”: then it is told back. Said twice, it is kept once."""
    voice = _by_code(code)
    if voice is None:
        raise ValidationError("We don’t know this receipt.")
    if voice.state not in (Voice.State.ACKNOWLEDGED, Voice.State.ANSWERED):
        raise WrongState("There is no answer yet.")
    if not voice.told_backs.filter(how=ToldBack.How.RECEIPT).exists():
        today = timezone.localdate(at)
        ToldBack.objects.create(id=random_key(), voice=voice, how=ToldBack.How.RECEIPT, on=today)
    return voice


def tell_of_receipts(*, at: datetime) -> int:
    """For the schedule, each night: tell leaders what was said by receipt. Returns how many."""
    keys = list(Voice.objects.exclude(untold="").values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(keys)
    for key in keys:
        with transaction.atomic():
            _tell(key, at)
    return len(keys)


VERBS = {
    "confirmed": events.VOICE_CHANGE_CONFIRMED,
    "denied": events.VOICE_CHANGE_DENIED,
    "withdrawn": events.VOICE_TAKEN_BACK,
}


def _tell(key: int, at: datetime) -> None:
    Voice.objects.select_for_update().only("pk").get(pk=key)
    voice = Voice.objects.for_detail().get(pk=key)
    if not voice.untold:
        return
    gone = voice.untold == "withdrawn"
    hearers = [] if gone else [*audiences.answerers(voice), *audiences.carrier(voice)]
    activity.record(VERBS[voice.untold], actor=None, target=voice, at=at, notify=hearers)
    if gone:
        letters.taken_back(voice, at=at)
    voice.untold = ""
    voice.save(update_fields=["untold"])


def _by_code(code: str) -> Voice | None:
    found = Voice.objects.for_teller().select_for_update().only("pk")
    row = found.filter(receipt_hash=receipts.digest(code)).first()
    return Voice.objects.for_detail().get(pk=row.pk) if row else None


def remind_late(*, at: datetime) -> int:
    """For the schedule: once when a week has passed without a word, once when four have without an
    answer. Only while a consent lets the leader read it. Returns how many letters were written."""
    today = timezone.localdate(at)
    waiting = Voice.objects.filter(
        state__in=[Voice.State.SENT, Voice.State.ACKNOWLEDGED],
        sent_on__lt=today - timedelta(days=7),
        reminders__lt=2,
    )
    written = 0
    for key in list(waiting.order_by("sent_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            Voice.objects.select_for_update().only("pk").get(pk=key)
            voice = Voice.objects.for_detail().get(pk=key)
            late = voice.lateness(today)
            due = 2 if late.startswith("No answer") else 1 if late else 0
            if due > voice.reminders and letters.remind(voice, at=at):
                voice.reminders = due
                voice.save(update_fields=["reminders"])
                written += 1
    return written
