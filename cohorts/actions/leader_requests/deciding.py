"""The manager's one decision, for the meeting and its time, and the second look after a no."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import audiences, events
from cohorts.models import LeaderRequest, Person
from cohorts.policy.leader_requests import deputy_for, may_decide, may_take_second_look
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import Step, WrongState

from . import keeping, letters
from .keeping import Voice, locked, take

State = LeaderRequest.State
UNDECIDED = {State.AWAITING_MANAGER, State.MANAGER_ASKS}


@transaction.atomic
def approve(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """Yes to the meeting and to its hours. The leader hears by e-mail at once."""
    request = _decide(request, LeaderRequest.APPROVE, "approved", words, by, at)
    _reach_leader(request, at)
    request.save()
    _tell_worker(events.LEADER_REQUEST_APPROVED, request, by, at)
    letters.ask_leader(request, at=at)
    return request


@transaction.atomic
def ask(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """More is needed before deciding; it goes back to the worker, undecided."""
    request = _ours(request, by, at)
    voice = Voice(by, deputy_for=deputy_for(by, request.manager))
    take(request, request.MANAGER_ASK, voice=voice, name="manager_asked", at=at, words=words)
    request.save()
    _tell_worker(events.LEADER_REQUEST_MANAGER_ASKED, request, by, at)
    return request


@transaction.atomic
def decline(
    *, request: LeaderRequest, ground: str, words: str, by: Person, at: datetime
) -> LeaderRequest:
    """No, with a ground and words. The worker may ask for a second look."""
    if not ground or not words.strip():
        raise ValidationError("Say why, and choose a ground: the worker reads both.")
    request = _decide(request, LeaderRequest.DECLINE_AS_MANAGER, "declined", words, by, at)
    request.ground = ground
    request.save()
    _tell_worker(events.LEADER_REQUEST_DECLINED, request, by, at)
    return request


@transaction.atomic
def approve_on_second_look(
    *, request: LeaderRequest, words: str, by: Person, at: datetime
) -> LeaderRequest:
    """Programme staff say yes after all: to the meeting and to its hours. The manager hears why."""
    request = _look_again(
        request, LeaderRequest.APPROVE_ON_SECOND_LOOK, "second_look_approved", words, by, at
    )
    _reach_leader(request, at)
    request.save()
    _tell_both(events.LEADER_REQUEST_SECOND_LOOK_APPROVED, request, by, at)
    letters.ask_leader(request, at=at)
    return request


@transaction.atomic
def uphold(*, request: LeaderRequest, words: str, by: Person, at: datetime) -> LeaderRequest:
    """The no stands, with words to the worker."""
    request = _look_again(request, LeaderRequest.UPHOLD_DECLINE, "upheld", words, by, at)
    request.save()
    _tell_both(events.LEADER_REQUEST_UPHELD, request, by, at)
    return request


def _ours(request: LeaderRequest, by: Person, at: datetime) -> LeaderRequest:
    """Locked, and open to `by`. Of two deciders the later reads who decided."""
    request = locked(request)
    may_decide(by, request, at).require()
    decider = request.manager_decided_by
    if decider is not None and request.manager_decided_at and request.state not in UNDECIDED:
        on = timezone.localtime(request.manager_decided_at)
        raise WrongState(
            f"{decider} has already decided this, on {on:%a} {on.day} {on:%b} at {on:%H:%M}. "
            f"It is now “{request.get_state_display()}”."
        )
    return request


def _decide(
    request: LeaderRequest, step: Step, name: str, words: str, by: Person, at: datetime
) -> LeaderRequest:
    request = _ours(request, by, at)
    voice = Voice(by, deputy_for=deputy_for(by, request.manager))
    take(request, step, voice=voice, name=name, at=at, words=words)
    request.manager_decided_at, request.manager_decided_by = at, by
    return request


def _look_again(
    request: LeaderRequest, step: Step, name: str, words: str, by: Person, at: datetime
) -> LeaderRequest:
    if not words.strip():
        raise ValidationError("Say why: the worker and the manager both read it.")
    request = locked(request)
    may_take_second_look(by, request).require()
    take(request, step, voice=Voice(by), name=name, at=at, words=words)
    request.second_look_at, request.second_look_by = at, by
    return request


def _reach_leader(request: LeaderRequest, at: datetime) -> None:
    """From now on the leader sees it. Her account, if she has one, is told here too."""
    request.reached_leader_at = at
    activity.record(
        events.LEADER_REQUEST_REACHED_LEADER,
        actor=None,
        target=request,
        at=at,
        notify=audiences.leader_request_leaders(request, at),
    )


def _tell_worker(verb: str, request: LeaderRequest, by: Person, at: datetime) -> None:
    activity.record(verb, actor=by, target=request, at=at, notify=keeping.people(request.worker))


def _tell_both(verb: str, request: LeaderRequest, by: Person, at: datetime) -> None:
    hearers = keeping.people(request.worker, request.manager)
    activity.record(verb, actor=by, target=request, at=at, notify=hearers)
