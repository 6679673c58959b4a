"""Who may do what with protected time."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import PeerMeeting, Person, TimeRequest
from systemschangers.kernel.policy import YES, Verdict, no

from .decisions import may_ask_manager

State = TimeRequest.State


def may_ask_for_time(person: Person) -> Verdict:
    """Anybody with a line manager; also beyond the agreed hours, and without an agreement."""
    return may_ask_manager(person)


def may_answer(person: Person, request: TimeRequest) -> Verdict:
    return _whose_it_is(person, request)


def may_withdraw(person: Person, request: TimeRequest, at: datetime) -> Verdict:
    """Also after approval, until it begins: then it was taken, or lost."""
    if of_a_meeting(request):
        return no(
            "This time belongs to a meeting with a leader. Take back or move the meeting instead."
        )
    if of_a_peer_meeting(request):
        return no("This time belongs to a meeting. Give up your place there, or call it off.")
    if request.state == State.APPROVED and request.starts_at <= at:
        return no("This time has begun. Say whether you took it, or lost it to cover.")
    return _whose_it_is(person, request)


def may_tell(person: Person, request: TimeRequest, at: datetime) -> Verdict:
    """Taken, or lost to cover: the worker says so once it has begun."""
    if of_a_meeting(request):
        return no("This time belongs to a meeting with a leader. Say there whether you met.")
    if of_a_peer_meeting(request):
        return no("This time belongs to a meeting. Say there whether you met.")
    if request.starts_at > at:
        return no("This time is still to come. Once it has begun, say how it went.")
    return _whose_it_is(person, request)


def of_a_meeting(request: TimeRequest) -> bool:
    """Time that goes and stays with a request to meet a leader, and is never changed apart from it."""
    return hasattr(request, "leader_request")


def of_a_peer_meeting(request: TimeRequest) -> bool:
    """Until it is held or called off: then the time is the worker's to tell of, as any other."""
    place = getattr(request, "peer_place", None)
    return place is not None and place.meeting.state == PeerMeeting.State.ARRANGED


def _whose_it_is(person: Person, request: TimeRequest) -> Verdict:
    if request.worker_id == person.pk:
        return YES
    return no(f"Only {request.worker} can do this.")
