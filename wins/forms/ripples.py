from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.words import PlainForm
from labs.models import Lab
from systemschangers.kernel.widgets import DateInput
from wins.models import Ripple

NOT_SAID = ("", "Not sure, or not saying")
SAY_MORE = ("who", "worth", "meant", "lasting", "change")


def _one_of(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=[*choices, NOT_SAID],
        required=False,
        widget=forms.RadioSelect,
    )


class RippleForm(PlainForm):
    """This led to that: two fields are enough."""

    what = forms.CharField(
        label="What did it lead to?",
        help_text="One thing, in a sentence. No names of service users.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    happened_on = forms.DateField(
        label="When was that?", help_text="About is fine.", widget=DateInput
    )
    who = forms.CharField(
        label="Who did it, or felt it?",
        help_text="For example: the night team, two landlords, people who come on Mondays.",
        max_length=200,
        required=False,
    )
    worth = _one_of("Good or bad?", [("good", "Good"), ("bad", "Bad")])
    meant = _one_of(
        "Was it meant to happen?",
        [("meant", "Yes, we hoped for it"), ("not_meant", "No, it came by itself")],
    )
    lasting = _one_of(
        "Is it still going on?", [("going_on", "Yes"), ("stopped", "No, it has stopped")]
    )
    change = _one_of(
        "How deep a change is it?",
        [
            (Ripple.Change.TRANSACTIONAL, "Transactional: somebody got something done"),
            (Ripple.Change.TRANSITIONAL, "Transitional: we work better in the way we have"),
            (Ripple.Change.TRANSFORMATIONAL, "Transformational: there is a new way"),
        ],
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["happened_on"].initial = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError("That day is still to come. Choose today or a day before.")
        if day.year < 1990:
            raise forms.ValidationError("That is very long ago. Look at the year again.")
        return day

    @property
    def says_more(self) -> bool:
        """Whether something below “Say more” is filled in or has to be mended."""
        return any(self[name].value() or self[name].errors for name in SAY_MORE)

    @property
    def telling(self) -> dict[str, Any]:
        """For an action. For a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WhichLabForm(PlainForm):
    """Which lab is to look at it: one of those one is in."""

    lab = forms.ModelChoiceField(
        label="Which lab?", queryset=Lab.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, labs: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lab"].queryset = labs  # type: ignore[attr-defined]
