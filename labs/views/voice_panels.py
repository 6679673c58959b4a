"""What a leader may say to a voice now: one panel a step, each a form that posts its `step`.

The same panels serve an account and a signed link; the action asks policy, consent and state again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from cohorts.forms.leader_requests import WordsForm
from labs.actions.voices import answering
from labs.forms.voices import PlanForm
from labs.models import Voice
from systemschangers.kernel.lifecycle import Step


@dataclass(frozen=True)
class Offer:
    title: str
    submit: str
    form: Callable[..., forms.Form]
    take: Callable[..., Any]
    step: Step
    note: str = ""
    tone: str = ""


@dataclass
class Panel:
    key: str
    offer: Offer
    form: forms.Form
    opened: bool = False


def _words(label: str, *, optional: bool = False) -> Callable[..., forms.Form]:
    return lambda *args, **options: WordsForm(*args, label=label, optional=optional, **options)


OFFERS = {
    "acknowledge": Offer(
        "I have read it, and will answer",
        "Say that you have read it",
        _words("Anything to say with it?", optional=True),
        answering.acknowledge,
        Voice.ACKNOWLEDGE,
        note="The person hears that it has arrived. Your answer is due 28 days after it was sent.",
    ),
    "explain": Offer(
        "Explain",
        "Send this answer",
        _words("What do you want them to know?"),
        answering.explain,
        Voice.ANSWER,
        note="It is read or told to the person. Plain words help.",
    ),
    "plan": Offer(
        "Something will change",
        "Say what will change",
        PlanForm,
        answering.plan,
        Voice.ANSWER,
        note="When it is done, say so here. Then the person is asked whether it is so.",
    ),
    "made": Offer(
        "Something has changed",
        "Say that it has changed",
        _words("What has changed?"),
        answering.say_made,
        Voice.ANSWER,
        note="It counts when the person says that it is so.",
    ),
    "cannot": Offer(
        "It can’t be done, because …",
        "Say that it can’t be done",
        _words("Why not?"),
        answering.say_cannot,
        Voice.ANSWER,
        note="The person is told your reason.",
        tone="danger",
    ),
}


def ready(voice: Voice) -> list[str]:
    return [key for key, offer in OFFERS.items() if voice.state in offer.step.sources]


def panel(key: str, data: QueryDict | None = None) -> Panel:
    form = OFFERS[key].form(*([data] if data is not None else []), auto_id=f"{key}_%s")
    return Panel(key, OFFERS[key], form, opened=data is not None)


def panels(voice: Voice, bound: Panel | None = None) -> list[Panel]:
    return [bound if bound and bound.key == key else panel(key) for key in ready(voice)]
