"""What a reader may do with a request now: one panel a step, each a form that posts its `step`.

The same panels serve an account and a signed link. What a panel offers is what policy allows and the
state is ready for; the action asks both again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from cohorts.actions.leader_requests import answering, asking, meeting
from cohorts.clock_words import hours_in_words
from cohorts.forms.leader_requests import (
    DecisionForm,
    PickForm,
    SecondLookForm,
    VerdictForm,
    WordsForm,
)
from cohorts.forms.signed_links import CorrectionForm, MetForm, NotesForm, OfferForm, PointForm
from cohorts.models import LeaderRequest, Person
from cohorts.policy import leader_requests as policy

from . import leader_acts

State = LeaderRequest.State
Button = tuple[str, str, str, str]  # name, value, label, tone


@dataclass(frozen=True)
class Offer:
    """One step as it is put to somebody: its form, its words, and the action behind it."""

    title: str
    submit: str
    form: Callable[..., forms.Form]
    take: Callable[..., Any]
    folded: bool = False
    tone: str = ""
    note: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass
class Panel:
    key: str
    offer: Offer
    form: forms.Form
    hours: str = ""

    @property
    def buttons(self) -> list[Button]:
        """What each press does, with the hours it gives."""
        return [
            (name, value, label.format(hours=self.hours), tone)
            for name, value, label, tone in self.offer.buttons
        ]


def _words(label: str, *, optional: bool = False) -> Callable[..., forms.Form]:
    def make(request: LeaderRequest, *args: Any, **options: Any) -> forms.Form:
        return WordsForm(*args, label=label, optional=optional, **options)

    return make


def _plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda request, *args, **options: form(*args, **options)


def _about(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    return lambda request, *args, **options: form(*args, request=request, **options)


OFFERS: dict[str, Offer] = {
    "decide": Offer(
        "Your decision",
        "",
        _plain(DecisionForm),
        leader_acts.decide,
        note="One yes is for the meeting and its hours. The leader is written to at once.",
        buttons=(
            ("decision", "approve", "Approve {hours}", ""),
            ("decision", "ask", "Ask for more", "secondary"),
            ("decision", "decline", "Say no", "secondary"),
        ),
    ),
    "look_again": Offer(
        "The second look",
        "",
        _plain(SecondLookForm),
        leader_acts.look_again,
        buttons=(
            ("decision", "approve", "Approve {hours} after all", ""),
            ("decision", "uphold", "The no stands", "secondary"),
        ),
    ),
    "answer": Offer(
        "Answer", "Send your answer", _words("Your answer"), leader_acts.saying(asking.answer)
    ),
    "second_look": Offer(
        "Ask for a second look",
        "Ask for a second look",
        _words("Why should somebody look again?"),
        leader_acts.saying(asking.ask_second_look),
        note="Programme staff read what you wrote, what your manager said, and this.",
    ),
    "pick": Offer(
        "Pick a date",
        "Meet on this date",
        _about(PickForm),
        leader_acts.pick,
        note="The time is approved with it. Both of you get it for your calendars.",
    ),
    "none_fits": Offer(
        "None of them fits",
        "Ask for other dates",
        _words("Which days would suit you?"),
        leader_acts.saying(asking.none_fits),
        folded=True,
    ),
    "met": Offer("Did you meet?", "Say so", _plain(MetForm), leader_acts.met),
    "note": Offer(
        "What was said and promised",
        "Save, and send the leader a copy",
        _plain(NotesForm),
        leader_acts.note,
        note="The leader gets a copy and can put right what is wrong.",
    ),
    "again": Offer(
        "Try again",
        "Ask for new dates",
        _words("Anything to say with it?", optional=True),
        leader_acts.saying(meeting.try_again),
        note="Nobody has to decide again.",
    ),
    "close": Offer("What came of it", "Close the request", _plain(VerdictForm), leader_acts.close),
    "offer": Offer(
        "Offer dates",
        "Offer these dates",
        _plain(OfferForm),
        leader_acts.offer,
        note="The worker picks one, and you both get it for your calendars.",
    ),
    "point": Offer(
        "Somebody else is the right person",
        "Pass it on",
        _about(PointForm),
        leader_acts.point,
        folded=True,
    ),
    "ask": Offer(
        "Ask for more first",
        "Ask",
        _words("What do you want to know?"),
        leader_acts.saying(answering.ask),
        folded=True,
    ),
    "refuse": Offer(
        "Say no",
        "Say no",
        _words("Why, in a few words"),
        leader_acts.saying(answering.decline),
        folded=True,
        tone="danger",
    ),
    "move": Offer(
        "Move the meeting",
        "Ask for another day",
        _words("Why does it have to move?"),
        leader_acts.saying(answering.rearrange),
        folded=True,
        note="The day is given back, and leaves both calendars. New dates are offered.",
    ),
    "correct": Offer(
        "Put something right",
        "Save what you changed",
        _about(CorrectionForm),
        leader_acts.correct,
        folded=True,
    ),
    "withdraw": Offer(
        "Take it back",
        "Take this request back",
        _words("Why, if you want to say", optional=True),
        leader_acts.saying(asking.withdraw),
        folded=True,
        tone="danger",
        note="Whoever has it is told. A meeting that was arranged leaves both calendars.",
    ),
}


def steps_for(person: Person, request: LeaderRequest, now: datetime) -> list[str]:
    """The keys of what this person may do now, most likely first."""
    steps: list[str] = []
    if request.worker_id == person.pk:
        steps += _workers(request, now, bool(policy.may_ask_second_look(person, request)))
    state = request.state
    deciding_now = state in (State.AWAITING_MANAGER, State.MANAGER_ASKS)
    if deciding_now and policy.may_decide(person, request, now):
        steps.append("decide")
    if state == State.SECOND_LOOK and policy.may_take_second_look(person, request):
        steps.append("look_again")
    as_leader = request.reached_leader_at and policy.may_answer_as_leader(person, request, now)
    if as_leader:
        steps += leaders_steps(request, now)
    return steps


def _workers(request: LeaderRequest, now: datetime, second_look: bool) -> list[str]:
    steps = {
        State.MANAGER_ASKS: ["answer"],
        State.LEADER_ASKS: ["answer"],
        State.DECLINED_BY_MANAGER: ["second_look"] if second_look else [],
        State.DATES_OFFERED: ["pick", "none_fits"],
        State.ARRANGED: ["met"] if _has_begun(request, now) else ["move"],
        State.HELD: ["note"],
        State.DID_NOT_HAPPEN: ["again"],
        State.FOLLOWED_UP: ["close"],
    }.get(State(request.state), [])
    if request.state in request.WITHDRAW.sources:
        steps = [*steps, "withdraw"]
    return steps


def leaders_steps(request: LeaderRequest, now: datetime) -> list[str]:
    state = State(request.state)
    if state == State.ARRANGED:
        return ["met"] if _has_begun(request, now) else ["move", "refuse"]
    return {
        State.AWAITING_LEADER: ["offer", "ask", "point", "refuse"],
        State.LEADER_ASKS: ["offer", "point", "refuse"],
        State.DATES_OFFERED: ["offer", "point", "refuse"],
        State.FOLLOWED_UP: ["correct"],
        State.CLOSED: ["correct"],
    }.get(state, [])


def _has_begun(request: LeaderRequest, now: datetime) -> bool:
    return request.meets_at is not None and request.meets_at <= now


def panels(keys: list[str], request: LeaderRequest, *, bound: Panel | None = None) -> list[Panel]:
    """The panels of those steps; the one that was sent, with its errors, opened."""
    return [bound if bound and bound.key == key else panel(key, request) for key in keys]


def panel(key: str, request: LeaderRequest, data: QueryDict | None = None) -> Panel:
    offer = OFFERS[key]
    form = offer.form(request, data, auto_id=f"{key}_%s")
    return Panel(key, offer, form, hours_in_words(request.hours))
