"""Carried by a worker: words and consent, taken with the person; changed and sent again if need be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.models import Board, Leader, Person, Service, Theme
from labs import events, receipts
from labs.audiences import voices as audiences
from labs.consent_words import Scope
from labs.models import Voice
from labs.policy.voices import may_carry, may_edit
from systemschangers.kernel import activity

from . import keeping

MEANWHILE = "This voice was changed meanwhile. Look at it again before you send it."


@transaction.atomic
def carry(
    *,
    words: str,
    leader: Leader | None = None,
    board: Board | None = None,
    service: Service,
    theme: Theme | None = None,
    scope: Scope,
    how: str,
    witness: str = "",
    by: Person,
    at: datetime,
) -> tuple[Voice, str]:
    """The voice, waiting for a second pair of eyes, and its receipt, which is kept only as a digest.

    Raises ValidationError for a consent that does not hold, or that leaves out whom the voice is for."""
    may_carry(by).require()
    keeping.insist_on_words(words, "Write down what they said, in their own words.")
    if service.pk not in by.reach.services:
        raise ValidationError({"service": "Choose a service you work in."})
    insist_it_is_for_somebody(leader, board, scope)
    keeping.insist_on_a_scope(scope, timezone.localdate(at))
    code = receipts.draw()
    voice = Voice.objects.create(
        way=Voice.Way.CARRIED,
        words=words,
        leader=leader,
        board=board,
        carried_by=by,
        service=service,
        theme=theme,
        told_on=timezone.localdate(at),
        receipt_hash=receipts.digest(code),
    )
    keeping.give(voice, scope, how=how, taken_by=by, witness=witness, at=at)
    activity.record(
        events.VOICE_CARRIED, actor=by, target=voice, at=at, notify=audiences.checkers(voice)
    )
    return voice, code


@transaction.atomic
def send_again(*, voice: Voice, words: str, version: int, by: Person, at: datetime) -> Voice:
    """Changed with the person, after it was sent back: to be checked anew."""
    voice = keeping.readable(voice, by, at)
    may_edit(by, voice).require()
    keeping.insist_on_words(words, "Write down what they said, in their own words.")
    if voice.version != version:
        raise ValidationError(MEANWHILE, code="meanwhile")
    Voice.SEND_AGAIN.apply(voice)
    voice.words, voice.version = words, voice.version + 1
    voice.checked_by = None
    voice.save()
    activity.record(
        events.VOICE_SENT_AGAIN, actor=by, target=voice, at=at, notify=audiences.checkers(voice)
    )
    return voice


def insist_it_is_for_somebody(leader: Leader | None, board: Board | None, scope: Scope) -> None:
    to: Any = leader or board
    if (leader is None) == (board is None) or to.retired_at:
        raise ValidationError({"to": "Choose one leader, or one board, that listens here."})
    if to not in (*scope.leaders, *scope.boards):
        raise ValidationError({"to": "The consent leaves out whom the voice is for."})
