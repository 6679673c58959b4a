"""The second pair of eyes, of programme staff: sent on, sent back with words, or not sent on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.models import Person
from labs import events
from labs.audiences import voices as audiences
from labs.models import Voice
from labs.policy.voices import may_check
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import keeping, letters


@transaction.atomic
def send_on(*, voice: Voice, by: Person, at: datetime) -> Voice:
    """Nothing in it shows who should not be known: to the leader, and the clock starts."""
    voice = _ready(voice, by, at)
    Voice.SEND_ON.apply(voice)
    voice.checked_by, voice.check_words = by, ""
    voice.sent_on = timezone.localdate(at)
    voice.save()
    hearers = [*audiences.answerers(voice), *audiences.carrier(voice)]
    activity.record(events.VOICE_SENT, actor=by, target=voice, at=at, notify=hearers)
    letters.ask(voice, at=at)
    return voice


@transaction.atomic
def send_back(*, voice: Voice, words: str, by: Person, at: datetime) -> Voice:
    """To the worker, with what has to be changed together with the person."""
    keeping.insist_on_words(words, "Say what has to be changed, and why.")
    voice = _ready(voice, by, at)
    if voice.way == Voice.Way.DIRECT:
        raise WrongState("Nobody carries this voice, so it can’t be sent back.")
    Voice.SEND_BACK.apply(voice)
    voice.checked_by, voice.check_words = by, words
    voice.save()
    hearers = audiences.carrier(voice)
    activity.record(events.VOICE_SENT_BACK, actor=by, target=voice, at=at, notify=hearers)
    return voice


@transaction.atomic
def keep_out(*, voice: Voice, words: str, by: Person, at: datetime) -> Voice:
    """Not sent on, for a reason that whoever told it reads by receipt, and the worker on the page."""
    keeping.insist_on_words(words, "Say why it is not sent on: the person reads it.")
    voice = _ready(voice, by, at)
    Voice.KEEP_OUT.apply(voice)
    voice.checked_by, voice.check_words = by, words
    voice.save()
    hearers = audiences.carrier(voice)
    activity.record(events.VOICE_KEPT_OUT, actor=by, target=voice, at=at, notify=hearers)
    return voice


def _ready(voice: Voice, by: Person, at: datetime) -> Voice:
    voice = keeping.readable(voice, by, at)
    may_check(by, voice).require()
    return voice
