from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.words import NameField, PlainForm, in_sentence_case
from systemschangers.kernel.widgets import DateInput
from wins.models import Outcome, Substantiation


def _words(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeForm(PlainForm):
    """Two fields begin it; the rest may wait until it is shown to others."""

    actor = forms.CharField(
        label="Who does something differently?",
        help_text="A group, a team, an organisation, or somebody in their job. Never a service user.",
        max_length=200,
    )
    what = _words(
        "What do they do differently?",
        "What somebody could see. “They phone back the same day”, not “they care more”.",
        required=True,
    )
    kind = forms.ChoiceField(
        label="What kind of change is it?",
        choices=[*in_sentence_case(Outcome.Kind.choices), ("", "Not sure yet")],
        required=False,
        widget=forms.RadioSelect,
    )
    changed_on = forms.DateField(
        label="Since when?", help_text="About is fine.", required=False, widget=DateInput
    )
    where = forms.CharField(
        label="Where?",
        help_text="The town, the ward, the team, or “everywhere in the council”.",
        max_length=200,
        required=False,
    )
    significance = _words("Why does it matter?", "For whom, and what was it like before?")
    contribution = forms.ChoiceField(
        label="How much of it was us?",
        help_text="Choose what is nearest. Others nearly always helped.",
        choices=[*Outcome.Contribution.choices, ("", "Not sure yet")],
        required=False,
        widget=forms.RadioSelect,
    )
    how_we_helped = _words("What did we do?", "So that somebody else could see how it led there.")
    evidence = _words("How do we know?", "What you saw, heard or can point to.")
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["changed_on"].widget.attrs["max"] = today.isoformat()

    def clean_changed_on(self) -> date | None:
        day: date | None = self.cleaned_data["changed_on"]
        if day and day > self.today:
            raise forms.ValidationError("That day is still to come. Choose today or a day before.")
        if day and day.year < 1950:
            raise forms.ValidationError("That is very long ago. Look at the year again.")
        return day

    @property
    def telling(self) -> dict[str, Any]:
        """For an action. For a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AskingForm(PlainForm):
    """Whom to ask whether it is so."""

    name = NameField(label="Their name", max_length=100)
    email = forms.EmailField(label="Their e-mail address", max_length=254)
    connection = forms.CharField(
        label="How do they know of it?",
        help_text="Said after their name. For example: leads the team that does it now.",
        max_length=200,
    )


class AnswerForm(PlainForm):
    """What somebody asked says of an outcome."""

    verdict = forms.ChoiceField(
        label="Is it so?",
        choices=[
            (Substantiation.Verdict.AGREE, "I agree: it is so"),
            (Substantiation.Verdict.PARTLY, "I agree in part"),
            (Substantiation.Verdict.DISAGREE, "I don’t agree"),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="What would you add?",
        help_text="If you agree in part or not at all, say what is different.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        whole = cleaned.get("verdict") in (None, Substantiation.Verdict.AGREE)
        if not whole and "comment" in cleaned and not cleaned["comment"].strip():
            self.add_error("comment", "Say what is different, in a sentence.")
        return cleaned
