from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from systemschangers.kernel.widgets import DateInput

from .cohorts import YEARS_AHEAD
from .posts import likely_day
from .words import NameField, PlainForm


class StageForm(PlainForm):
    name = NameField(max_length=100, label="Name of the stage")
    starts = forms.DateField(label="First day", required=False, widget=DateInput)
    ends = forms.DateField(label="Last day", required=False, widget=DateInput)

    def clean_starts(self) -> date | None:
        return _likely(self.cleaned_data["starts"])

    def clean_ends(self) -> date | None:
        return _likely(self.cleaned_data["ends"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", ValidationError("The stage can’t end before it starts."))
        return given


def _likely(day: date | None) -> date | None:
    return likely_day(day, ahead=YEARS_AHEAD) if day else None
