"""Consent, after the first: asked anew, wider or narrower; or taken back, and the words with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.models import Person
from labs import events, receipts
from labs.consent_words import Scope
from labs.models import Consent, Voice
from labs.policy.voices import may_renew, may_take_back
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Thread

from . import keeping, letters
from .carrying import insist_it_is_for_somebody


@transaction.atomic
def renew(
    *, voice: Voice, scope: Scope, how: str, witness: str = "", by: Person, at: datetime
) -> Consent:
    """What the person says now takes the place of what they said before, also where it had run out."""
    voice = keeping.locked(voice)
    if voice.state == Voice.State.WITHDRAWN:
        raise keeping.TakenBack
    may_renew(by, voice).require()
    insist_it_is_for_somebody(voice.leader, voice.board, scope)
    keeping.insist_on_a_scope(scope, timezone.localdate(at))
    consent = keeping.give(voice, scope, how=how, taken_by=by, witness=witness, at=at)
    activity.record(events.VOICE_CONSENT_RENEWED, actor=by, target=voice, at=at)
    return consent


@transaction.atomic
def take_back(*, voice: Voice, by: Person, at: datetime) -> Voice:
    """At the person's wish: gone from every page, search and export at the next reading, for good."""
    voice = keeping.locked(voice)
    if voice.state == Voice.State.WITHDRAWN:
        raise WrongState("This voice has been taken back already.")
    may_take_back(by, voice).require()
    was_sent = voice.is_on_its_way
    erase(voice, at)
    activity.record(events.VOICE_TAKEN_BACK, actor=by, target=voice, at=at)
    if was_sent:
        letters.taken_back(voice, at=at)
    return voice


def erase(voice: Voice, at: datetime) -> None:
    """The words of a locked voice, and all that was said to it, which may tell them again. That there
    was a voice, and whether it was answered, stays to be counted."""
    today = timezone.localdate(at)
    voice.withdraw(today)
    voice.save()
    keeping.end(voice, Consent.State.WITHDRAWN, today)
    voice.responses.update(words="")
    voice.claims.update(words="", verdict_words="")
    voice.told_backs.update(words="")
    Thread.objects.of(voice).delete()
    signed_links.call_off(voice, at=at, purposes=(letters.ANSWER,))


@transaction.atomic
def draw_receipt(*, voice: Voice, by: Person, at: datetime) -> str:
    """Another receipt, where the first was lost: that one ends. Kept only as a digest."""
    voice = keeping.locked(voice)
    if voice.state == Voice.State.WITHDRAWN:
        raise keeping.TakenBack
    may_renew(by, voice).require()
    code = receipts.draw()
    voice.receipt_hash = receipts.digest(code)
    voice.save(update_fields=["receipt_hash"])
    activity.record(events.VOICE_RECEIPT_DRAWN, actor=by, target=voice, at=at)
    return code
