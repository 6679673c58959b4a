"""What a person is told of leaders they met or are; and how both forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from cohorts import events
from cohorts.actions.leader_requests import keeping, letters
from cohorts.models import (
    CalendarFeed,
    Commitment,
    Leader,
    LeaderRequest,
    LeaderRequestWord,
    Person,
)
from cohorts.models.people import LEFT_NAME
from systemschangers.kernel import activity, signed_links
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

TAKEN_OUT = "Taken out when they left."
State = LeaderRequest.State
WITH_LEADER = (State.AWAITING_LEADER, State.LEADER_ASKS, State.DATES_OFFERED, State.ARRANGED)


@tells
def tell_leaders(person: Person) -> Iterator[Section]:
    own = LeaderRequest.objects.filter(worker=person).for_list().order_by("made_at")
    yield Section("meetings", "Leaders you asked to meet", (_request(one) for one in own))
    said = LeaderRequestWord.objects.filter(by=person).exclude(words="")
    yield Section(
        "meetings_said",
        "What you said about meetings with leaders",
        ({"at": one.at, "step": one.step, "your words": one.words} for one in said),
    )
    promises = Commitment.objects.filter(
        Q(request__worker=person) | Q(request__leader__person=person)
    )
    yield Section(
        "promises",
        "What leaders promised you, and what you promised",
        (_promise(one) for one in promises.for_detail()),
    )
    listed = _listed(person).for_list()
    yield Section("leader", "You in the directory of leaders", (_leader(one) for one in listed))
    feeds = CalendarFeed.objects.filter(person=person)
    yield Section("calendar", "Your calendar address", ({"made": one.made_at} for one in feeds))


@says
def say_leaders(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "What you wrote to and about leaders, your drafts, and your calendar address. "
            "Meetings still to come are called off.",
            "Your entry in the directory of leaders, if you have one.",
        ],
        stays=[
            "That a meeting was asked for and held, and what a leader promised, without your name."
        ],
    )


@forgets
def forget_leaders(person: Person, at: datetime) -> None:
    """Meetings to come are called off, in letters that don't name them; then words and names go."""
    LeaderRequest.objects.filter(worker=person, state=State.DRAFT).delete()
    for request in _locked(LeaderRequest.objects.filter(worker=person)):
        _end_own(request, person, at)
    for leader in _listed(person).select_for_update(of=("self",)):
        _take_off_list(leader, person, at)
    LeaderRequestWord.objects.filter(by=person).update(words="")
    Commitment.objects.filter(request__worker=person).update(workers_view="")
    signed_links.forget(person)
    CalendarFeed.objects.filter(person=person).delete()


def _end_own(request: LeaderRequest, person: Person, at: datetime) -> None:
    if request.state in LeaderRequest.WITHDRAW.sources:
        # What the letter to the leader calls them; and none to them.
        request.worker.name, request.worker.is_active = LEFT_NAME, False
        request.worker.email = f"erased-{person.pk}@left.invalid"
        if request.state == State.ARRANGED:
            _call_off(request, at)
        request.move(LeaderRequest.WITHDRAW, at=at)
        hearers = keeping.people(request.manager)
        if request.reached_leader_at:
            hearers += keeping.people(request.leader.person)
        activity.record(
            events.LEADER_REQUEST_WITHDRAWN, actor=person, target=request, at=at, notify=hearers
        )
    signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
    keeping.drop_dates(request)
    request.purpose = TAKEN_OUT
    request.seen = request.question = request.speaks_for = request.wished_dates = ""
    request.cover = request.notes = request.verdict_words = ""
    request.save()


def _take_off_list(leader: Leader, person: Person, at: datetime) -> None:
    """A leader who leaves: those who wait for her hear that she can't meet them."""
    called = leader.name
    for request in _locked(LeaderRequest.objects.filter(leader=leader)):
        LeaderRequestWord.objects.filter(request=request, by=None, by_name=called).update(
            by_name=LEFT_NAME, words=""
        )
        if request.state in WITH_LEADER:
            request.leader.name, request.leader.email = LEFT_NAME, _no_address(leader)
            request.leader.person = None
            if request.state == State.ARRANGED:
                _call_off(request, at, to_leader=False)
            keeping.drop_dates(request)
            signed_links.call_off(request, at=at, purposes=letters.OF_REQUESTS)
            request.move(LeaderRequest.DECLINE_AS_LEADER, at=at)
            request.leader = leader
            request.save()
            activity.record(
                events.LEADER_REQUEST_LEADER_DECLINED,
                actor=person,
                target=request,
                at=at,
                notify=keeping.people(request.worker),
            )
    Commitment.objects.filter(request__leader=leader).update(leaders_view="")
    leader.name, leader.email = LEFT_NAME, _no_address(leader)
    leader.welcome, leader.retired_at = "", leader.retired_at or at
    leader.save()


def _call_off(request: LeaderRequest, at: datetime, *, to_leader: bool = True) -> None:
    request.calendar_sequence += 1
    keeping.free_slot(request)
    letters.called_off(request, at=at, to_leader=to_leader)


def _locked(rows: Any) -> list[LeaderRequest]:
    """Locked first and read after, as everywhere. Worker and leader are their own objects, to rename."""
    pks = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    return list(LeaderRequest.objects.filter(pk__in=pks).for_detail().order_by("pk"))


def _listed(person: Person) -> Any:
    return Leader.objects.filter(Q(person=person) | Q(email__iexact=person.email))


def _no_address(leader: Leader) -> str:
    return f"erased-leader-{leader.pk}@left.invalid"


def _request(request: LeaderRequest) -> dict[str, Any]:
    return {
        "leader": str(request.leader),
        "manager": request.manager.name,
        "what for": request.purpose,
        "what you have seen": request.seen,
        "your question": request.question,
        "whom you speak for": request.speaks_for,
        "hours": str(request.hours),
        "days that suit": request.wished_dates,
        "how the work is covered": request.cover,
        "state": request.get_state_display(),
        "begun": request.made_at,
        "met": request.meets_at,
        "where": request.meets_where,
        "what was said": request.notes,
        "what came of it": request.get_verdict_display() or None,
        "in your words": request.verdict_words,
    }


def _promise(promise: Commitment) -> dict[str, Any]:
    return {
        "promise": promise.words,
        "by when": promise.due_on,
        "state": promise.get_state_display(),
        "the worker’s view": promise.workers_view,
        "the leader’s view": promise.leaders_view,
    }


def _leader(leader: Leader) -> dict[str, Any]:
    return {
        "name": leader.name,
        "e-mail address": leader.email,
        "portfolio": leader.portfolio,
        "organisation": leader.organisation.name,
        "meetings a month": leader.meetings_a_month,
        "what you would like to hear": leader.welcome,
    }
