"""What a person is told of their agreements and protected time, and how both forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from cohorts.models import ManagerAgreement, Person, TimeRequest
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

TAKEN_OUT = "Taken out when they left."


@tells
def tell_time(person: Person) -> Iterator[Section]:
    agreements = ManagerAgreement.objects.filter(Q(worker=person) | Q(manager=person))
    yield Section("agreements", "Agreements", (_agreement(one) for one in agreements.for_list()))
    own = TimeRequest.objects.filter(worker=person).for_list()
    yield Section("time", "Time you asked for", (_time(one) for one in own.order_by("starts_at")))
    decided = TimeRequest.objects.filter(decided_by=person).exclude(words="").for_list()
    yield Section(
        "time_decided",
        "What you said of others’ time",
        ({"at": one.decided_at, "decision": one.state, "your words": one.words} for one in decided),
    )


@says
def say_time(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "What you wrote about your time and your agreements, and requests that are still open."
        ],
        stays=["The hours of months past, as figures of “Someone who has left”."],
    )


@forgets
def forget_time(person: Person, at: datetime) -> None:
    """Open requests are withdrawn and agreements end; words go, hours stay."""
    state = TimeRequest.State
    own = TimeRequest.objects.filter(worker=person)
    to_come = Q(state=state.APPROVED, starts_at__gt=at)
    own.filter(Q(state__in=[state.REQUESTED, state.MORE_ASKED]) | to_come).update(
        state=state.WITHDRAWN
    )
    own.update(cover="", note="", answer="")
    said = TimeRequest.objects.filter(decided_by=person).exclude(words="")
    said.update(words=TAKEN_OUT)
    live = ManagerAgreement.objects.filter(worker=person).live()
    live.update(state=ManagerAgreement.State.ENDED, ended_at=at, ended_by=person)
    ManagerAgreement.objects.filter(worker=person).update(cover=TAKEN_OUT, gives_back=TAKEN_OUT)
    ManagerAgreement.objects.filter(decided_by=person).exclude(words="").update(words=TAKEN_OUT)


def _agreement(agreement: ManagerAgreement) -> dict[str, Any]:
    return {
        "worker": agreement.worker.name,
        "manager": agreement.manager.name,
        "hours a month": agreement.hours_a_month,
        "how the work is covered": agreement.cover,
        "what the team gets back": agreement.gives_back,
        "until when": agreement.review_on,
        "state": agreement.get_state_display(),
        "the manager’s words": agreement.words,
        "proposed": agreement.proposed_at,
        "agreed": agreement.agreed_at,
        "ended": agreement.ended_at,
    }


def _time(request: TimeRequest) -> dict[str, Any]:
    return {
        "from": request.starts_at,
        "to": request.ends_at,
        "what for": request.get_purpose_display(),
        "how the work is covered": request.cover,
        "what you wanted to do": request.note,
        "state": request.get_state_display(),
        "the manager’s words": request.words,
        "your answer": request.answer,
        "asked": request.asked_at,
        "decided": request.decided_at,
        "decided by": request.decider if request.decided_by_id else None,
        "taken or lost, said at": request.told_at,
    }
