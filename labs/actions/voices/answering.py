"""What leaders say to a voice: received, explained, acted, can't. By account or, with `token`, by signed
link: then the link is the permission, and is used up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice as Speaker
from cohorts.models import Person
from labs import events
from labs.audiences import voices as audiences
from labs.models import ChangeClaim, Response, Voice
from labs.policy.voices import may_answer
from systemschangers.kernel import activity, signed_links

from . import keeping, letters

K = Response.Kind
FURTHEST = timedelta(days=366 * 2)


@transaction.atomic
def acknowledge(
    *, voice: Voice, words: str = "", at: datetime, by: Person | None = None, token: str = ""
) -> Voice:
    """Read, and an answer will come: within 28 days of its being sent."""
    voice, speaker = answered_by(voice, by, token, at)
    Voice.ACKNOWLEDGE.apply(voice)
    return _finish(voice, K.ACKNOWLEDGED, events.VOICE_ACKNOWLEDGED, speaker, words, token, at)


@transaction.atomic
def explain(
    *, voice: Voice, words: str, at: datetime, by: Person | None = None, token: str = ""
) -> Voice:
    keeping.insist_on_words(words, "Say it in a few sentences: the person is told them.")
    voice, speaker = answered_by(voice, by, token, at)
    Voice.ANSWER.apply(voice)
    return _finish(voice, K.EXPLAINED, events.VOICE_EXPLAINED, speaker, words, token, at)


@transaction.atomic
def say_cannot(
    *, voice: Voice, words: str, at: datetime, by: Person | None = None, token: str = ""
) -> Voice:
    keeping.insist_on_words(words, "Say why it can’t be done: the person is told the reason.")
    voice, speaker = answered_by(voice, by, token, at)
    Voice.ANSWER.apply(voice)
    return _finish(voice, K.CANNOT, events.VOICE_CANNOT, speaker, words, token, at)


@transaction.atomic
def plan(
    *,
    voice: Voice,
    words: str,
    by_when: date,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> Voice:
    """Something will change, by a day."""
    keeping.insist_on_words(words, "Say what will change. A sentence is enough.")
    today = timezone.localdate(at)
    if by_when < today:
        raise ValidationError({"by_when": "That day has passed. Choose one still to come."})
    if by_when > today + FURTHEST:
        raise ValidationError({"by_when": "Choose a day within two years."})
    voice, speaker = answered_by(voice, by, token, at)
    Voice.ANSWER.apply(voice)
    ChangeClaim.objects.create(
        voice=voice,
        words=words,
        state=ChangeClaim.State.PLANNED,
        by_when=by_when,
        planned_on=today,
    )
    return _finish(voice, K.ACTED, events.VOICE_CHANGE_PLANNED, speaker, words, token, at)


@transaction.atomic
def say_made(
    *,
    voice: Voice,
    words: str = "",
    claim: ChangeClaim | None = None,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> Voice:
    """Something has changed: what was planned (`claim`), or something else. It counts when whoever told
    the voice says so."""
    if claim is None:
        keeping.insist_on_words(words, "Say what has changed. A sentence is enough.")
    voice, speaker = answered_by(voice, by, token, at)
    Voice.ANSWER.apply(voice)
    today = timezone.localdate(at)
    if claim is None:
        ChangeClaim.objects.create(
            voice=voice, words=words, state=ChangeClaim.State.MADE, made_on=today
        )
    else:
        claim = voice.claims.select_for_update().get(pk=claim.pk)
        claim.make(today)
        claim.save()
    return _finish(voice, K.ACTED, events.VOICE_CHANGE_MADE, speaker, words, token, at)


def answered_by(voice: Voice, by: Person | None, token: str, at: datetime) -> tuple[Voice, Speaker]:
    """The row, locked, and who answers. The row first, then the link: everybody locks in that order.

    Raises TakenBack when no consent lets them read it now, whoever they are."""
    today = timezone.localdate(at)
    if token:
        voice = keeping.locked(voice)
        link = signed_links.use(token, (letters.ANSWER,), at=at)
        if link.target_id != voice.pk:
            raise signed_links.LinkRefused("other purpose", link)
        leader = letters.addressee(voice)
        named = leader and Voice.objects.visible_to_leader(leader, today).filter(pk=voice.pk)
        if not named or not named.exists():
            raise keeping.TakenBack
        return voice, Speaker.of_link(link)
    if by is None:
        raise ValueError("An answer is somebody's: by an account, or by a link")
    voice = keeping.readable(voice, by, at)
    may_answer(by, voice).require()
    return voice, Speaker(by)


def _finish(
    voice: Voice,
    kind: Response.Kind,
    verb: str,
    speaker: Speaker,
    words: str,
    token: str,
    at: datetime,
) -> Voice:
    voice.save()
    Response.objects.create(
        voice=voice,
        kind=kind,
        words=words,
        by=speaker.by,
        by_name="" if speaker.by else speaker.name,
        on=timezone.localdate(at),
    )
    hearers = audiences.carrier(voice)
    activity.record(verb, actor=speaker.by, target=voice, at=at, notify=hearers)
    if token:
        letters.used(voice, at=at)
    return voice
