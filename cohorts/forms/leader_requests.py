"""What each side fills in on a request's way: the worker, the manager, the second look, the verdict."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.models import Leader, LeaderRequest, Person

from .words import PlainForm, in_sentence_case


def area(label: str, most: int, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class LeaderRequestForm(PlainForm):
    """The request helper: a few questions, in the order one would say them to a head of service."""

    leader = forms.ModelChoiceField(
        Leader.objects.none(), label="Whom do you want to meet?", empty_label="Choose one"
    )
    purpose = area(
        "What is the meeting for?",
        1000,
        help_text="One sentence is enough. Begin with “I would like…”.",
    )
    seen = area(
        "What have you seen from the frontline?",
        2000,
        rows=5,
        required=False,
        help_text="What happens, how often, and to whom. Leave out names of people you support.",
    )
    question = area(
        "What question do you bring?",
        1000,
        help_text="One they can answer, or can find out. Not a demand: a question.",
    )
    speaks_for = area(
        "Whom do you speak for?",
        1000,
        required=False,
        help_text="Just you, your team, people who use the service and have asked you to.",
    )
    hours = forms.DecimalField(
        label="How many hours do you need, with travel?",
        min_value=Decimal("0.25"),
        max_value=Decimal(12),
        max_digits=4,
        decimal_places=2,
        initial=Decimal(2),
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
        error_messages={
            "max_value": "Twelve hours at most. Ask for one day.",
            "min_value": "A quarter of an hour at least.",
            "invalid": "Write the hours as a number, like 1.5.",
        },
    )
    wished_dates = forms.CharField(
        label="Which days suit you?",
        required=False,
        max_length=300,
        help_text="As “Tuesdays and Thursdays, not in half-term”.",
    )
    cover = area(
        "How is your work covered?", 1000, required=False, help_text="Your manager asks this first."
    )

    def __init__(self, *args: Any, worker: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        leaders = Leader.objects.visible_to(worker).exclude(person=worker).order_by("name", "id")
        self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]


ANSWERS = ("leader", *(name for name in LeaderRequestForm.base_fields if name != "leader"))


def answers_of(request: LeaderRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in ANSWERS}


class SendForm(PlainForm):
    """Nothing to fill in: the press sends what was written."""


class WordsForm(PlainForm):
    """A few words, which somebody reads."""

    words = area("Your words", 2000)

    def __init__(
        self, *args: Any, label: str = "Your words", optional: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["words"]
        field.label, field.required = label, not optional
        field.error_messages["required"] = "Say it in a few words: they are read."


class DecisionForm(PlainForm):
    """Yes, a question or a no: the press says which, and each needs its own words."""

    words = area(
        "Your words",
        1000,
        required=False,
        help_text="Needed when you ask for more or say no. The worker reads them.",
    )
    ground = forms.ChoiceField(
        label="If it is no: why?",
        required=False,
        choices=[("", "Choose one"), *in_sentence_case(LeaderRequest.Ground.choices)],
    )
    decision = forms.ChoiceField(
        choices=[("approve", "yes"), ("ask", "more"), ("decline", "no")],
        widget=forms.HiddenInput,
        error_messages={
            "required": "Press one of the buttons.",
            "invalid_choice": "Press a button.",
        },
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        decision, words = data.get("decision"), data.get("words")
        if decision == "ask" and not words:
            self.add_error("words", "Say what you want to know.")
        if decision == "decline":
            if not words:
                self.add_error("words", "Say why in a few words: the worker reads them.")
            if not data.get("ground"):
                self.add_error("ground", "Choose a reason.")
        return data


class SecondLookForm(PlainForm):
    words = area("Your words", 1000, help_text="The worker and the manager both read them.")
    decision = forms.ChoiceField(
        choices=[("approve", "yes"), ("uphold", "the no stands")], widget=forms.HiddenInput
    )


class PickForm(PlainForm):
    """One of the dates offered."""

    date: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label="Which date suits you?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose a date, or say that none fits.",
            "invalid_choice": "That date is no longer offered. Choose one of those shown.",
        },
    )

    def __init__(self, *args: Any, request: LeaderRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["date"]
        field.queryset = request.offered_dates.all()
        field.label_from_instance = _offered


def _offered(date: Any) -> str:
    on = timezone.localtime(date.starts_at)
    where = f", {date.where}" if date.where else ""
    return f"{on:%A} {on.day} {on:%B} {on:%Y}, {on:%H:%M}{where}"


class VerdictForm(PlainForm):
    verdict = forms.ChoiceField(
        label="What came of it?",
        choices=in_sentence_case(LeaderRequest.Verdict.choices),
        widget=forms.RadioSelect,
    )
    words = area("In your own words", 1000, required=False)
