"""What a holder of power may do with a barrier now: one panel a step, each a form that posts its `step`.

The same panels serve an account and a signed link; the action asks policy and state again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from cohorts.forms.leader_requests import WordsForm
from labs.actions import handed_decisions
from labs.actions.barriers import answering
from labs.forms.barriers import HandDownForm, PromiseForm
from labs.models import Barrier
from systemschangers.kernel.lifecycle import Step


@dataclass(frozen=True)
class Offer:
    title: str
    submit: str
    form: Callable[..., forms.Form]
    take: Callable[..., Any]
    step: Step | None
    note: str = ""
    tone: str = ""


@dataclass
class Panel:
    key: str
    offer: Offer
    form: forms.Form
    opened: bool = False


def _words(label: str, *, optional: bool = False) -> Callable[..., forms.Form]:
    return lambda barrier, *args, **options: WordsForm(
        *args, label=label, optional=optional, **options
    )


def _hand_down(*, barrier: Barrier, **given: Any) -> Any:
    return handed_decisions.hand_down(barrier=barrier, **given)


OFFERS = {
    "look": Offer(
        "I am looking at it",
        "Say that you are looking at it",
        _words("Anything to say with it?", optional=True),
        answering.look,
        Barrier.LOOK,
    ),
    "promise": Offer(
        "What we will do, and by when",
        "Promise this",
        lambda barrier, *args, **options: PromiseForm(*args, **options),
        answering.promise,
        Barrier.PROMISE,
        note="We remind you on that day.",
    ),
    "changed": Offer(
        "It has changed",
        "Say that it has changed",
        _words("What was done?", optional=True),
        answering.say_changed,
        Barrier.SAY_CHANGED,
        note="In four weeks we ask whoever raised it. It counts as fixed when they say so.",
    ),
    "cannot": Offer(
        "It can’t be changed, because …",
        "Say that it can’t be changed",
        _words("Why not?"),
        answering.say_cannot,
        Barrier.SAY_CANNOT,
        note="Everyone who sees the barrier reads your reason.",
        tone="danger",
    ),
    "hand_down": Offer(
        "Hand the decision down",
        "Let this team decide",
        lambda barrier, *args, **options: HandDownForm(*args, barrier=barrier, **options),
        _hand_down,
        None,
        note="The team is told, and everyone who sees the barrier. You can take it back, in words.",
    ),
}


def ready(barrier: Barrier) -> list[str]:
    """The steps the state is ready for."""
    return [
        key
        for key, offer in OFFERS.items()
        if (
            barrier.state in offer.step.sources
            if offer.step
            else barrier.state not in handed_decisions.SETTLED
        )
    ]


def panel(key: str, barrier: Barrier, data: QueryDict | None = None) -> Panel:
    form = OFFERS[key].form(barrier, *([data] if data is not None else []), auto_id=f"{key}_%s")
    return Panel(key, OFFERS[key], form, opened=data is not None)


def panels(barrier: Barrier, bound: Panel | None = None) -> list[Panel]:
    return [bound if bound and bound.key == key else panel(key, barrier) for key in ready(barrier)]
