"""After the day: did they meet, what was said and promised, and was it kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import audiences, events
from cohorts.models import Commitment, LeaderRequest, Person
from cohorts.policy.leader_requests import (
    deputy_for,
    may_answer_as_leader,
    may_carry_on,
    may_say_whether_held,
)
from systemschangers.kernel import activity, signed_links

from . import keeping, letters
from .keeping import Voice, locked, take

State = LeaderRequest.State


@dataclass(frozen=True)
class Promise:
    """What a leader said they would do, and by when."""

    words: str
    due_on: date


@transaction.atomic
def hold(
    *, request: LeaderRequest, at: datetime, by: Person | None = None, token: str = ""
) -> LeaderRequest:
    """They met. The time counts as taken. Also puts right a “did not happen” said too soon."""
    request, voice = _either(request, by, token, at)
    _has_passed(request, at)
    take(request, request.HOLD, voice=voice, name="held", at=at)
    keeping.slot_taken(request, at)
    request.save()
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    _tell_the_other(events.LEADER_REQUEST_HELD, request, voice, at)
    if token:
        letters.used(request, "said that you met", at=at)
    return request


@transaction.atomic
def miss(
    *,
    request: LeaderRequest,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """They did not meet. The time is given back; the worker tries again, or ends it."""
    request, voice = _either(request, by, token, at)
    _has_passed(request, at)
    take(request, request.MISS, voice=voice, name="missed", at=at, words=words)
    keeping.free_slot(request)
    request.save()
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    _tell_the_other(events.LEADER_REQUEST_MISSED, request, voice, at)
    if token:
        letters.used(request, "said that you did not meet", at=at)
    return request


@transaction.atomic
def try_again(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """Back to the leader for new dates; nobody has to decide again."""
    request = locked(request)
    may_carry_on(by, request).require()
    take(request, request.TRY_AGAIN, voice=Voice(by), name="tried_again", at=at, words=words)
    keeping.drop_dates(request)
    request.save()
    activity.record(
        events.LEADER_REQUEST_TRIED_AGAIN,
        actor=by,
        target=request,
        at=at,
        notify=audiences.leader_request_leaders(request, at),
    )
    letters.ask_leader(request, at=at, again="asks for new dates, since you did not meet")
    return request


@transaction.atomic
def follow_up(
    *,
    request: LeaderRequest,
    notes: str,
    promises: Sequence[Promise],
    by: Person,
    at: datetime,
) -> LeaderRequest:
    """What was said, and each promise with its day. The leader gets a copy and can put it right."""
    request = locked(request)
    may_carry_on(by, request).require()
    take(request, request.FOLLOW_UP, voice=Voice(by), name="followed_up", at=at)
    today = timezone.localdate(at)
    if any(promise.due_on < today for promise in promises):
        raise ValidationError("A promise is for a day to come. Choose another date.")
    request.notes = notes
    request.save()
    Commitment.objects.bulk_create(
        Commitment(request=request, words=promise.words, due_on=promise.due_on, made_at=at)
        for promise in promises
    )
    activity.record(
        events.LEADER_REQUEST_FOLLOWED_UP,
        actor=by,
        target=request,
        at=at,
        notify=audiences.leader_request_leaders(request, at),
        promises=len(promises),
    )
    letters.send_copy(request, at=at)
    return request


@transaction.atomic
def correct(
    *,
    request: LeaderRequest,
    words: str,
    promises: dict[int, Promise],
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """The leader puts right what was promised, and says so. What stood before stays in the history.

    `promises`: the new words and day by the commitment's number; those the same are left alone."""
    request = locked(request)
    voice = _leaders_voice(request, by, token, letters.COPY, at)
    before = []
    for commitment in request.commitments.select_for_update():
        new = promises.get(commitment.pk)
        if new is None or (new.words, new.due_on) == (commitment.words, commitment.due_on):
            continue
        before.append(f"It said: “{commitment.words}”, by {commitment.due_on:%d %B %Y}.")
        commitment.words, commitment.due_on = new.words, new.due_on
        commitment.save(update_fields=["words", "due_on"])
    said = "\n".join([words, *before]).strip()
    if not said:
        raise ValidationError("You changed nothing. If all is right, you can close this page.")
    keeping.say(request, "corrected", voice=voice, at=at, words=said[:2000])
    activity.record(
        events.LEADER_REQUEST_CORRECTED,
        actor=voice.by,
        target=request,
        at=at,
        notify=keeping.people(request.worker),
    )
    if token:
        letters.used(request, "put right what was written down", at=at)
    return request


@transaction.atomic
def close(
    *, request: LeaderRequest, verdict: str, words: str, by: Person, at: datetime
) -> LeaderRequest:
    """The worker's verdict closes it. Promises still open can be judged after."""
    request = locked(request)
    may_carry_on(by, request).require()
    if not verdict:
        raise ValidationError("Choose what came of it.")
    take(request, request.CLOSE, voice=Voice(by), name="closed", at=at, words=words)
    request.verdict, request.verdict_words = verdict, words
    request.save()
    activity.record(
        events.LEADER_REQUEST_CLOSED,
        actor=by,
        target=request,
        at=at,
        notify=[
            *audiences.leader_request_leaders(request, at),
            *keeping.people(request.manager),
        ],
    )
    return request


def _either(
    request: LeaderRequest, by: Person | None, token: str, at: datetime
) -> tuple[LeaderRequest, Voice]:
    request = locked(request)
    if by is not None and not token:
        may_say_whether_held(by, request, at).require()
        if by.pk == request.worker_id:
            return request, Voice(by)
    return request, _leaders_voice(request, by, token, letters.MET, at)


def _leaders_voice(
    request: LeaderRequest, by: Person | None, token: str, purpose: str, at: datetime
) -> Voice:
    if token:
        link = signed_links.use(token, (purpose,), at=at)
        if link.target_id != request.pk:
            raise signed_links.LinkRefused("other purpose", link)
        return Voice.of_link(link)
    if by is None:
        raise ValueError("A step is somebody's: by an account, or by a link")
    may_answer_as_leader(by, request, at).require()
    leader = request.leader.person
    return Voice(by, deputy_for=deputy_for(by, leader) if leader else None)


def _has_passed(request: LeaderRequest, at: datetime) -> None:
    """Only about a meeting whose hour has come. Other states are refused by their step."""
    if request.state == State.ARRANGED and request.meets_at and request.meets_at > at:
        raise ValidationError("The meeting is still to come. Say how it went once it is over.")


def _tell_the_other(verb: str, request: LeaderRequest, voice: Voice, at: datetime) -> None:
    hearers = [*keeping.people(request.worker), *audiences.leader_request_leaders(request, at)]
    activity.record(verb, actor=voice.by, target=request, at=at, notify=hearers)
