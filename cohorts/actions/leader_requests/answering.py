"""The leader's answers: dates, another leader, a question, a no. Each by account or by signed link.

With a link (`token`) the link is the permission: it is used up in the same transaction, and the leader
gets a letter that it was, so that a link that was passed on does not answer unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.models import Leader, LeaderRequest, OfferedDate, Person
from cohorts.policy.leader_requests import deputy_for, may_answer_as_leader
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.lifecycle import Step

from . import keeping, letters
from .keeping import Voice, locked, take

State = LeaderRequest.State
FURTHEST = timedelta(days=366)


@transaction.atomic
def offer_dates(
    *,
    request: LeaderRequest,
    dates: Sequence[datetime],
    where: str,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """Offer dates for the worker to pick from; they replace those offered before.

    Raises ValidationError for none, one in the past or twice the same."""
    request, voice = _voice(request, by, token, at)
    if not dates:
        raise ValidationError("Offer at least one date.")
    if min(dates) <= at:
        raise ValidationError("One of the dates has passed. Offer days to come.")
    if max(dates) > at + FURTHEST:
        raise ValidationError("Offer dates within a year.")
    if len(set(dates)) < len(dates):
        raise ValidationError("You offered the same date twice.")
    take(request, request.OFFER_DATES, voice=voice, name="dates_offered", at=at, words=words)
    keeping.drop_dates(request)
    OfferedDate.objects.bulk_create(
        OfferedDate(request=request, starts_at=day, where=where, offered_at=at)
        for day in sorted(dates)
    )
    _finish(events.LEADER_REQUEST_DATES_OFFERED, request, voice, token, at, "offered dates")
    return request


@transaction.atomic
def point_to(
    *,
    request: LeaderRequest,
    leader: Leader,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """Somebody else is the right one: they are asked, and the manager's yes stands."""
    request, voice = _voice(request, by, token, at)
    if leader.pk == request.leader_id or leader.retired_at:
        raise ValidationError("Choose another leader, one who meets people here.")
    if leader.person_id == request.worker_id:
        raise ValidationError(f"{leader.name} is who asks. Choose another leader.")
    take(request, request.POINT_TO_ANOTHER, voice=voice, name="pointed", at=at, words=words)
    if token:
        letters.used(request, f"pointed to {leader.name}", at=at)
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    keeping.drop_dates(request)
    request.leader = leader
    request.save()
    hearers = [*keeping.people(request.worker), *audiences.leader_request_leaders(request, at)]
    activity.record(
        events.LEADER_REQUEST_POINTED, actor=voice.by, target=request, at=at, notify=hearers
    )
    letters.ask_leader(request, at=at, again=f"was pointed to you by {voice.name or voice.by}")
    return request


@transaction.atomic
def ask(
    *,
    request: LeaderRequest,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """The leader needs to know more before saying yes."""
    return _say(
        request,
        LeaderRequest.LEADER_ASK,
        "leader_asked",
        events.LEADER_REQUEST_LEADER_ASKED,
        "asked for more",
        words,
        at,
        by,
        token,
    )


@transaction.atomic
def decline(
    *,
    request: LeaderRequest,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """No, with words; also calls off a meeting that was arranged."""
    return _say(
        request,
        LeaderRequest.DECLINE_AS_LEADER,
        "leader_declined",
        events.LEADER_REQUEST_LEADER_DECLINED,
        "said no",
        words,
        at,
        by,
        token,
    )


@transaction.atomic
def rearrange(
    *,
    request: LeaderRequest,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> LeaderRequest:
    """Either side moves an arranged meeting: the day is given back and new dates are to be offered."""
    if by is not None and by.pk == request.worker_id:
        request, voice = locked(request), Voice(by)
    else:
        request, voice = _voice(request, by, token, at)
    take(request, request.REARRANGE, voice=voice, name="rearranged", at=at, words=words)
    _give_back(request, at, words)
    request.meets_at, request.meets_where = None, ""
    request.save()
    hearers = [*keeping.people(request.worker), *audiences.leader_request_leaders(request, at)]
    activity.record(
        events.LEADER_REQUEST_REARRANGED, actor=voice.by, target=request, at=at, notify=hearers
    )
    letters.ask_leader(request, at=at, again="needs new dates, since the one arranged was moved")
    return request


def _voice(
    request: LeaderRequest, by: Person | None, token: str, at: datetime
) -> tuple[LeaderRequest, Voice]:
    """The row, locked, and who answers. The row first, then the link: everybody locks in that order."""
    request = locked(request)
    if token:
        link = signed_links.use(token, (letters.ANSWER, letters.MEETING), at=at)
        if link.target_id != request.pk:
            raise signed_links.LinkRefused("other purpose", link)
        return request, Voice.of_link(link)
    if by is None:
        raise ValueError("An answer is somebody's: by an account, or by a link")
    may_answer_as_leader(by, request, at).require()
    leader = request.leader
    return request, Voice(by, deputy_for=deputy_for(by, leader.person) if leader.person else None)


def _say(
    request: LeaderRequest,
    step: Step,
    name: str,
    verb: str,
    what: str,
    words: str,
    at: datetime,
    by: Person | None,
    token: str,
) -> LeaderRequest:
    if not words.strip():
        raise ValidationError("Say it in a few words: the worker reads them.")
    request, voice = _voice(request, by, token, at)
    was_arranged = request.state == State.ARRANGED
    take(request, step, voice=voice, name=name, at=at, words=words)
    if was_arranged:
        _give_back(request, at, words)
    keeping.drop_dates(request)
    _finish(verb, request, voice, token, at, what)
    return request


def _give_back(request: LeaderRequest, at: datetime, words: str) -> None:
    request.calendar_sequence += 1
    keeping.free_slot(request)
    letters.called_off(request, at=at, words=words)


def _finish(
    verb: str, request: LeaderRequest, voice: Voice, token: str, at: datetime, what: str
) -> None:
    request.save()
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    activity.record(
        verb, actor=voice.by, target=request, at=at, notify=keeping.people(request.worker)
    )
    if token:
        letters.used(request, what, at=at)
