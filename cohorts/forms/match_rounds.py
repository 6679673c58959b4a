from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Cohort, MatchRound, Place

from .words import NameField, PlainForm


class MatchRoundForm(PlainForm):
    """What a round is called, whom it is for, and the question they compare."""

    name = NameField(
        max_length=80,
        label="Name of the round",
        help_text="As “November: who opens the door”. Everybody in it reads this.",
    )
    question = forms.CharField(
        max_length=500,
        label="Which question do they compare?",
        help_text="One question is enough to begin: “What happens on the day somebody moves in?”",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    whom = forms.ChoiceField(
        label="Who is it for?",
        choices=[
            (MatchRound.Whom.COHORT, "Everybody in one cohort"),
            (MatchRound.Whom.PLACE, "People of one place who said they are open to meet"),
            (MatchRound.Whom.EVERYONE, "Everybody here who said they are open to meet"),
        ],
        widget=forms.RadioSelect,
        initial=MatchRound.Whom.COHORT,
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.order_by("-starts", "-id"),
        label="Which cohort?",
        required=False,
        empty_label="Choose one",
        help_text="Only if it is for one cohort.",
    )
    place = forms.ModelChoiceField(
        Place.objects.order_by("name"),
        label="Which place?",
        required=False,
        empty_label="Choose one",
        help_text="Only if it is for one place.",
    )
    size = forms.TypedChoiceField(
        label="How many meet?",
        choices=[(2, "Two, and three where somebody would be left over"), (3, "Three")],
        coerce=int,
        widget=forms.RadioSelect,
        initial=2,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        whom = answers.get("whom")
        for name, words in (("cohort", "Choose the cohort."), ("place", "Choose the place.")):
            if whom != name:
                answers[name] = None
            elif not answers.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(words))
        return answers


class MatchChangeForm(PlainForm):
    """One of the changes that break no rule."""

    change = forms.ChoiceField(label="What to change", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["change"].choices = offers  # type: ignore[attr-defined]
        self.fields["change"].error_messages |= {
            "invalid_choice": "That change is no longer possible. Choose one of these."
        }
