"""The worker's steps: write, send, answer, pick a date, take back, ask for a second look."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.line_managers import line_manager_of
from cohorts.models import Leader, LeaderRequest, OfferedDate, Person
from cohorts.policy.decisions import may_ask_manager
from cohorts.policy.leader_requests import may_ask_second_look, may_carry_on, may_throw_away
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.lifecycle import WrongState

from . import keeping, letters
from .keeping import Voice, locked, take

State = LeaderRequest.State


@transaction.atomic
def draft(
    *,
    leader: Leader,
    purpose: str,
    seen: str,
    question: str,
    speaks_for: str,
    hours: Decimal,
    wished_dates: str,
    cover: str,
    by: Person,
    at: datetime,
) -> LeaderRequest:
    """Keep the first words, for nobody's eyes but the worker's. Raises ValidationError when the
    leader is the worker, or no longer meets people."""
    may_ask_manager(by).require()
    _check_leader(leader, by)
    request = LeaderRequest.objects.create(
        worker=by,
        manager=_manager_of(by),
        leader=leader,
        purpose=purpose,
        seen=seen,
        question=question,
        speaks_for=speaks_for,
        hours=hours,
        wished_dates=wished_dates,
        cover=cover,
        made_at=at,
        waiting_since=at,
    )
    activity.record(events.LEADER_REQUEST_DRAFTED, actor=by, target=request, at=at)
    return request


@transaction.atomic
def change(
    *,
    request: LeaderRequest,
    leader: Leader,
    purpose: str,
    seen: str,
    question: str,
    speaks_for: str,
    hours: Decimal,
    wished_dates: str,
    cover: str,
    by: Person,
    at: datetime,
) -> LeaderRequest:
    """Change a draft. Once sent, what was asked stands as it was decided on."""
    request = locked(request)
    may_carry_on(by, request).require()
    if request.state != State.DRAFT:
        raise WrongState("This request has been sent, so it stays as it was read.")
    _check_leader(leader, by)
    request.leader, request.purpose, request.seen = leader, purpose, seen
    request.question, request.speaks_for, request.hours = question, speaks_for, hours
    request.wished_dates, request.cover = wished_dates, cover
    request.save()
    return request


@transaction.atomic
def throw_away(*, request: LeaderRequest, by: Person, at: datetime) -> None:
    """A draft nobody else has seen goes for good."""
    request = locked(request)
    may_throw_away(by, request).require()
    activity.record(events.LEADER_REQUEST_THROWN_AWAY, actor=by, target=request, at=at)
    request.delete()


@transaction.atomic
def send(*, request: LeaderRequest, by: Person, at: datetime) -> LeaderRequest:
    """To the line manager of today, who may be another than when the draft was begun."""
    request = locked(request)
    may_carry_on(by, request).require()
    take(request, request.SEND, voice=Voice(by), name="sent", at=at)
    may_ask_manager(by).require()
    _check_leader(request.leader, by)
    request.manager = _manager_of(by)
    request.save()
    activity.record(
        events.LEADER_REQUEST_SENT,
        actor=by,
        target=request,
        at=at,
        notify=audiences.leader_request_managers(request, at),
    )
    return request


@transaction.atomic
def answer(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """Answer what the manager or the leader asked; it goes back to whoever asked."""
    request = locked(request)
    may_carry_on(by, request).require()
    to_leader = request.state == State.LEADER_ASKS
    step = request.ANSWER_LEADER if to_leader else request.ANSWER_MANAGER
    take(request, step, voice=Voice(by), name="answered", at=at, words=words)
    request.save()
    hearers = audiences.leader_request_leaders if to_leader else audiences.leader_request_managers
    activity.record(
        events.LEADER_REQUEST_ANSWERED,
        actor=by,
        target=request,
        at=at,
        notify=hearers(request, at),
    )
    if to_leader:
        letters.ask_leader(request, at=at, again="has answered what you asked")
    return request


@transaction.atomic
def ask_second_look(
    *, request: LeaderRequest, words: str, by: Person, at: datetime
) -> LeaderRequest:
    """After the manager's no, once: programme staff look again."""
    request = locked(request)
    may_ask_second_look(by, request).require()
    take(
        request,
        request.ASK_SECOND_LOOK,
        voice=Voice(by),
        name="second_look_asked",
        at=at,
        words=words,
    )
    request.save()
    activity.record(
        events.LEADER_REQUEST_SECOND_LOOK_ASKED,
        actor=by,
        target=request,
        at=at,
        notify=audiences.leader_request_staff(request),
    )
    return request


@transaction.atomic
def pick(*, request: LeaderRequest, date: OfferedDate, by: Person, at: datetime) -> LeaderRequest:
    """One of the dates offered: arranged, its time approved, in both calendars, all at once.

    Raises ValidationError when the date has passed, is another request's, or the worker has
    approved time then already."""
    request = locked(request)
    may_carry_on(by, request).require()
    take(request, request.ARRANGE, voice=Voice(by), name="arranged", at=at)
    if date.request_id != request.pk or not request.offered_dates.filter(pk=date.pk).exists():
        raise ValidationError("That date is no longer offered. Choose one of those shown.")
    if date.starts_at <= at:
        raise ValidationError("That date has passed. Choose another, or say that none fits.")
    request.meets_at, request.meets_where = date.starts_at, date.where
    request.asked_whether_held_at = request.reminded_at = None
    request.calendar_sequence += 1
    keeping.keep_slot(request)
    request.save()
    activity.record(
        events.LEADER_REQUEST_ARRANGED,
        actor=by,
        target=request,
        at=at,
        notify=[
            *audiences.leader_request_leaders(request, at),
            *keeping.people(request.manager),
        ],
    )
    letters.arranged(request, at=at)
    return request


@transaction.atomic
def none_fits(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """Back to the leader for other dates."""
    request = locked(request)
    may_carry_on(by, request).require()
    take(request, request.NO_DATE_FITS, voice=Voice(by), name="none_fits", at=at, words=words)
    keeping.drop_dates(request)
    request.save()
    activity.record(
        events.LEADER_REQUEST_NO_DATE_FITS,
        actor=by,
        target=request,
        at=at,
        notify=audiences.leader_request_leaders(request, at),
    )
    letters.ask_leader(request, at=at, again="can’t come on any of the dates you offered")
    return request


@transaction.atomic
def withdraw(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """Take it back, at any moment before they met. A meeting that was arranged leaves both calendars."""
    request = locked(request)
    may_carry_on(by, request).require()
    was_arranged = request.state == State.ARRANGED
    asked = request.reached_leader_at is not None
    take(request, request.WITHDRAW, voice=Voice(by), name="withdrawn", at=at, words=words)
    hearers = keeping.people(request.manager)
    if asked:
        hearers += audiences.leader_request_leaders(request, at)
    if was_arranged:
        request.calendar_sequence += 1
        keeping.free_slot(request)
        letters.called_off(request, at=at, words=words)
    keeping.drop_dates(request)
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    request.save()
    activity.record(
        events.LEADER_REQUEST_WITHDRAWN, actor=by, target=request, at=at, notify=hearers
    )
    return request


def _manager_of(worker: Person) -> Person:
    manager = line_manager_of(worker)
    if manager is None:
        raise ValidationError("Your line manager has left. Ask programme staff to name another.")
    return manager


def _check_leader(leader: Leader, worker: Person) -> None:
    if leader.retired_at:
        raise ValidationError(f"{leader.name} no longer meets people here. Choose somebody else.")
    if leader.person_id == worker.pk:
        raise ValidationError("That is you. Choose another leader.")
