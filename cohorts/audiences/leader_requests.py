"""Requests to meet a leader: who hears, and in what words. No letter says what a request is about.

Leaders get letters of their own, with a link (actions/leader_requests/letters): the notices for
their accounts stay on the page, so that nobody is written to twice. Who deputises for a leader gets no
such letter, and so hears of it by e-mail as of anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.models import LeaderRequest, Membership, Person
from cohorts.policy import deciders_for
from cohorts.policy.leader_requests import leaders_circle
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, never_over, register, unless
from systemschangers.kernel.paces import NEWS, WAITS, Kind

from .by_link import MEETING, to_decide


def leader_request_managers(request: LeaderRequest, at: datetime) -> list[Person]:
    """The manager and the deputy of that day, never the worker. A manager who left: programme staff."""
    people = deciders_for(request.manager, timezone.localdate(at))
    if not request.manager.is_active:
        people = leader_request_staff(request)
    return [person for person in people if person.pk != request.worker_id]


def leader_request_leaders(request: LeaderRequest, at: datetime) -> list[Person]:
    """The leader’s account, if there is one, and her deputy of that day."""
    return leaders_circle(request, timezone.localdate(at))


def leader_request_staff(request: LeaderRequest) -> list[Person]:
    """Programme staff of the worker’s cohorts; all of them for a worker who is in none."""
    active = Membership.State.ACTIVE
    cohorts = Membership.objects.filter(person=request.worker_id).values("cohort")
    runs = Q(memberships__cohort__in=cohorts, memberships__state=active) & ~Q(
        memberships__role=Membership.Role.PARTICIPANT
    )
    staff = Person.objects.here().filter(runs).distinct()
    if not Membership.objects.filter(person=request.worker_id).exists():
        staff = Person.objects.programme_staff()
    uninvolved = staff.exclude(pk__in=[request.worker_id, request.manager_id])
    return list(uninvolved)


def _page(event: Event) -> str:
    return reverse("cohorts:leader_request", args=[event.target_id])


def _promise(event: Event) -> str:
    return reverse("cohorts:commitment", args=[event.target_id])


def _leader(event: Event) -> str:
    """Who did it: their account, or the leader’s name when a link was used."""
    return event.who if event.actor_id else event.thing.leader.name  # type: ignore[attr-defined]


def _but_the_leader(event: Event, person: Person) -> bool:
    """For `by_email`: to whom no letter of the leader’s own goes."""
    return event.thing.leader.person_id != person.pk  # type: ignore[attr-defined]


Words = Callable[[Event], str]


def _notice(
    verb: str,
    words: Words,
    action: str,
    *,
    by_email: bool | Callable[[Event, Person], bool] = True,
    kind: Kind = NEWS,
    over: Callable[[Event], bool] = never_over,
    by_link: Callable[[Event, Person, datetime], str] | None = None,
) -> Notice:
    return Notice(
        verb,
        words=words,
        url=_page,
        action=action,
        by_email=by_email,
        kind=kind,
        over=over,
        by_link=by_link,
    )


register(
    _notice(
        events.LEADER_REQUEST_SENT,
        lambda event: f"{event.who} asks to meet {event.thing.leader.name}.",  # type: ignore[attr-defined]
        "Decide",
        kind=WAITS,
        over=unless("awaiting_manager"),
        by_link=to_decide(MEETING),
    ),
    _notice(
        events.LEADER_REQUEST_APPROVED,
        lambda event: f"{event.who} said yes: {event.thing.leader.name} has your request.",  # type: ignore[attr-defined]
        "See what happens next",
    ),
    _notice(
        events.LEADER_REQUEST_MANAGER_ASKED,
        lambda event: f"{event.who} asks for more about your request to meet a leader.",
        "Answer",
        kind=WAITS,
        over=unless("manager_asks"),
    ),
    _notice(
        events.LEADER_REQUEST_DECLINED,
        lambda event: f"{event.who} said no to your request to meet a leader.",
        "Read why, and what you can do",
    ),
    _notice(
        events.LEADER_REQUEST_ANSWERED,
        lambda event: f"{event.who} has answered what was asked about meeting a leader.",
        "Read it",
        by_email=lambda event, person: (
            event.thing.state == "awaiting_manager" or _but_the_leader(event, person)  # type: ignore[attr-defined]
        ),
        kind=WAITS,
        over=unless("awaiting_manager", "awaiting_leader"),
        by_link=to_decide(MEETING),
    ),
    _notice(
        events.LEADER_REQUEST_SECOND_LOOK_ASKED,
        lambda event: f"{event.who} asks for a second look at a request to meet a leader.",
        "Take a second look",
        kind=WAITS,
        over=unless("second_look"),
    ),
    _notice(
        events.LEADER_REQUEST_SECOND_LOOK_APPROVED,
        lambda event: f"{event.who} took a second look and said yes.",
        "Read it",
    ),
    _notice(
        events.LEADER_REQUEST_UPHELD,
        lambda event: f"{event.who} took a second look, and the no stands.",
        "Read why",
    ),
    _notice(
        events.LEADER_REQUEST_REACHED_LEADER,
        lambda event: f"{event.thing.worker.name} asks to meet {event.thing.leader.name}.",  # type: ignore[attr-defined]
        "Read it and answer",
        by_email=_but_the_leader,
        kind=WAITS,
        over=unless("awaiting_leader"),
    ),
    _notice(
        events.LEADER_REQUEST_DATES_OFFERED,
        lambda event: f"{_leader(event)} offers dates to meet.",
        "Pick a date",
        kind=WAITS,
        over=unless("dates_offered"),
    ),
    _notice(
        events.LEADER_REQUEST_LEADER_ASKED,
        lambda event: f"{_leader(event)} asks for more before you meet.",
        "Answer",
        kind=WAITS,
        over=unless("leader_asks"),
    ),
    _notice(
        events.LEADER_REQUEST_POINTED,
        lambda event: f"A request to meet went on to {event.thing.leader.name}.",  # type: ignore[attr-defined]
        "See what happens next",
        by_email=_but_the_leader,
    ),
    _notice(
        events.LEADER_REQUEST_LEADER_DECLINED,
        lambda event: f"{_leader(event)} can’t meet you.",
        "Read why",
    ),
    _notice(
        events.LEADER_REQUEST_ARRANGED,
        lambda event: f"{event.who} picked a date to meet {event.thing.leader.name}.",  # type: ignore[attr-defined]
        "See when and where",
        by_email=False,
    ),
    _notice(
        events.LEADER_REQUEST_NO_DATE_FITS,
        lambda event: f"None of the dates offered fits {event.who}.",
        "Offer others",
        by_email=_but_the_leader,
        kind=WAITS,
        over=unless("awaiting_leader"),
    ),
    _notice(
        events.LEADER_REQUEST_REARRANGED,
        lambda event: f"{_leader(event)} moves the meeting: new dates are to come.",
        "See why",
        by_email=_but_the_leader,
    ),
    _notice(
        events.LEADER_REQUEST_WITHDRAWN,
        lambda event: f"{event.who} took back a request to meet a leader.",
        "See it",
        by_email=False,
    ),
    _notice(
        events.LEADER_REQUEST_ASKED_WHETHER_HELD,
        lambda event: "Did you meet? The day has passed.",
        "Say whether you met",
        by_email=_but_the_leader,
        kind=WAITS,
        over=unless("arranged"),
    ),
    _notice(
        events.LEADER_REQUEST_HELD,
        lambda event: f"{_leader(event)} says that you met.",
        "Write down what was said",
        kind=WAITS,
        over=unless("held"),
    ),
    _notice(
        events.LEADER_REQUEST_MISSED,
        lambda event: f"{_leader(event)} says that the meeting did not happen.",
        "Try again, or end it",
        kind=WAITS,
        over=unless("did_not_happen"),
    ),
    _notice(
        events.LEADER_REQUEST_TRIED_AGAIN,
        lambda event: f"{event.who} asks for new dates to meet.",
        "Offer dates",
        by_email=_but_the_leader,
        kind=WAITS,
        over=unless("awaiting_leader"),
    ),
    _notice(
        events.LEADER_REQUEST_FOLLOWED_UP,
        lambda event: f"{event.who} wrote down what was said when you met.",
        "Read it, and put right what is wrong",
        by_email=False,
    ),
    _notice(
        events.LEADER_REQUEST_CORRECTED,
        lambda event: f"{_leader(event)} put something right in what you wrote down.",
        "Read it",
    ),
    _notice(
        events.LEADER_REQUEST_CLOSED,
        lambda event: f"{event.who} said what came of a meeting with a leader.",
        "Read it",
        by_email=False,
    ),
    _notice(
        events.LEADER_REQUEST_MOVED,
        lambda event: "A request to meet a leader has a new line manager.",
        "See the request",
        by_link=to_decide(MEETING),
    ),
    _notice(
        events.LEADER_REQUEST_ESCALATED,
        lambda event: "A request to meet a leader has waited for ten working days.",
        "See who has it, and step in",
        kind=WAITS,
        over=unless("awaiting_manager", "awaiting_leader", "second_look", "dates_offered"),
    ),
    Notice(
        events.COMMITMENT_JUDGED,
        words=lambda event: f"{event.who} said how a promise went.",
        url=_promise,
        action="Read it",
        by_email=False,
    ),
    Notice(
        events.COMMITMENT_LEADERS_VIEW,
        words=lambda event: (
            f"{event.who if event.actor_id else event.thing.request.leader.name} "  # type: ignore[attr-defined]
            "said how a promise stands."
        ),
        url=_promise,
        action="Read it",
    ),
)
