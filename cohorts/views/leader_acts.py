"""From what a panel's form holds to the action behind it: one function for each panel (leader_panels)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from cohorts.actions.leader_requests import answering, asking, deciding, meeting
from cohorts.models import LeaderRequest, Person


def decide(*, request: LeaderRequest, data: dict, by: Person, at: datetime) -> Any:
    given = {"request": request, "words": data["words"], "by": by, "at": at}
    if data["decision"] == "decline":
        return deciding.decline(ground=data["ground"], **given)
    return deciding.ask(**given) if data["decision"] == "ask" else deciding.approve(**given)


def look_again(*, request: LeaderRequest, data: dict, by: Person, at: datetime) -> Any:
    act = deciding.approve_on_second_look if data["decision"] == "approve" else deciding.uphold
    return act(request=request, words=data["words"], by=by, at=at)


def met(*, request: LeaderRequest, data: dict, at: datetime, **who: Any) -> Any:
    if data["met"] == "yes":
        return meeting.hold(request=request, at=at, **who)
    return meeting.miss(request=request, words=data["words"], at=at, **who)


def note(*, request: LeaderRequest, data: dict, by: Person, at: datetime) -> Any:
    promises = [meeting.Promise(words, due) for words, due in data["promises"]]
    return meeting.follow_up(request=request, notes=data["notes"], promises=promises, by=by, at=at)


def correct(*, request: LeaderRequest, data: dict, at: datetime, **who: Any) -> Any:
    promises = {
        commitment.pk: meeting.Promise(
            data[f"promise_{commitment.pk}"], data[f"due_{commitment.pk}"]
        )
        for commitment in request.commitments.all()
        if f"promise_{commitment.pk}" in data
    }
    return meeting.correct(request=request, words=data["words"], promises=promises, at=at, **who)


def saying(act: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *, request, data, at, **who: act(
        request=request, words=data["words"], at=at, **who
    )


def offer(*, request: LeaderRequest, data: dict, at: datetime, **who: Any) -> Any:
    given = {name: data[name] for name in ("dates", "where", "words")}
    return answering.offer_dates(request=request, at=at, **given, **who)


def point(*, request: LeaderRequest, data: dict, at: datetime, **who: Any) -> Any:
    return answering.point_to(
        request=request, leader=data["leader"], words=data["words"], at=at, **who
    )


def pick(*, request: LeaderRequest, data: dict, by: Person, at: datetime) -> Any:
    return asking.pick(request=request, date=data["date"], by=by, at=at)


def close(*, request: LeaderRequest, data: dict, by: Person, at: datetime) -> Any:
    return meeting.close(
        request=request, verdict=data["verdict"], words=data["words"], by=by, at=at
    )
