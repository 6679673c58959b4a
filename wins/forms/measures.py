from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.words import PlainForm, in_sentence_case
from wins.models import Measure
from wins.pasted_points import LARGEST, Pasted, read_pasted


class MeasureForm(PlainForm):
    counted = forms.CharField(
        label="What do you count?",
        help_text="For example: nights slept outside, forms filled in, people who came back.",
        max_length=120,
    )
    unit = forms.CharField(
        label="In what?", help_text="For example: people, days, pages, pounds.", max_length=30
    )
    better = forms.ChoiceField(
        label="Which way is good?",
        choices=in_sentence_case(Measure.Better.choices),
        widget=forms.RadioSelect,
    )
    definition = forms.CharField(
        label="How do you count it?",
        help_text="So that somebody else would count the same: what is in, what is out, and when.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    chart = forms.ChoiceField(
        label="Which chart?",
        help_text="A run chart is right for nearly everything.",
        choices=in_sentence_case(Measure.Chart.choices),
        initial=Measure.Chart.RUN,
        widget=forms.RadioSelect,
    )
    rule_set = forms.ChoiceField(
        label="When is it more than chance?",
        choices=in_sentence_case(Measure.RuleSet.choices),
        initial=Measure.RuleSet.EIGHT_SIX,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def telling(self) -> dict[str, Any]:
        """For an action. For a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DataPointForm(PlainForm):
    on = forms.DateField(
        label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    value = forms.DecimalField(
        label="Figure",
        max_value=LARGEST,
        min_value=-LARGEST,
        max_digits=13,
        decimal_places=4,
        error_messages={"invalid": "Write a figure, like 12 or 12.5."}
        | dict.fromkeys(
            ("max_value", "min_value", "max_digits", "max_whole_digits", "max_decimal_places"),
            "Write a figure of nine digits at most, and four after the point.",
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note (if something happened)",
        help_text="For example: the new form started. No names of service users.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day is still to come. Choose today or a day before.")
        if on.year < 1990:
            raise forms.ValidationError("That is very long ago. Look at the year again.")
        return on


class PastingForm(PlainForm):
    """Figures from a spreadsheet: looked at first (`pasted`), kept when `keep` is pressed."""

    text = forms.CharField(
        label="Paste your figures here",
        help_text="One line for each day: the day, then the figure. A third column is kept as a note.",
        max_length=60_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or choose a CSV file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            if upload.size > 60_000:
                self.add_error("file", "That file is too big. 1,000 lines are enough.")
                return cleaned
            cleaned["text"] = _decoded(upload.read())
        if "text" in cleaned and not cleaned["text"].strip():
            self.add_error("text", "Paste your figures, or choose a file.")
        elif "\x00" in cleaned.get("text", ""):
            self.add_error("file", "That is not a text file. Save it as CSV first.")
        return cleaned

    @property
    def pasted(self) -> Pasted:
        return read_pasted(self.cleaned_data["text"], self.today)


def _decoded(content: bytes) -> str:
    """As spreadsheets save them: UTF-8, or else Windows’ own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
