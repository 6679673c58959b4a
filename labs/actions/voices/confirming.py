"""A change counts when whoever told the voice says so, by receipt or through their worker; and the
answer is taken back to them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.models import Person
from labs import events
from labs.audiences import voices as audiences
from labs.models import ChangeClaim, ToldBack, Voice
from labs.policy.voices import may_speak_for
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import keeping


@transaction.atomic
def judge(
    *, claim: ChangeClaim, confirmed: bool, words: str = "", by: Person, at: datetime
) -> ChangeClaim:
    """The worker passes on what the person says: it is so, or not."""
    voice = keeping.readable(claim.voice, by, at)
    may_speak_for(by, voice).require()
    claim = voice.claims.select_for_update().get(pk=claim.pk)
    today = timezone.localdate(at)
    claim.judge(confirmed=confirmed, how=ChangeClaim.SaidBy.WORKER, by=by, today=today)
    claim.verdict_words = words
    claim.save()
    activity.record(
        events.VOICE_CHANGE_CONFIRMED if confirmed else events.VOICE_CHANGE_DENIED,
        actor=by,
        target=voice,
        at=at,
        notify=audiences.answerers(voice),
    )
    return claim


@transaction.atomic
def tell_back(
    *, voice: Voice, how: str, on=None, words: str = "", by: Person, at: datetime
) -> ToldBack:
    """When, and how, the answer was taken back to the person."""
    voice = keeping.readable(voice, by, at)
    may_speak_for(by, voice).require()
    if voice.state not in (Voice.State.ACKNOWLEDGED, Voice.State.ANSWERED):
        raise WrongState("There is no answer yet to tell back.")
    today = timezone.localdate(at)
    on = on or today
    if not voice.told_on <= on <= today:
        raise ValidationError({"on": "Choose a day between the voice and today."})
    told = ToldBack.objects.create(voice=voice, how=how, on=on, by=by, words=words)
    hearers = audiences.answerers(voice)
    activity.record(events.VOICE_TOLD_BACK, actor=by, target=voice, at=at, notify=hearers)
    return told
