from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import ExposureVisit
from systemschangers.kernel.widgets import DateInput

from .meanwhile import VersionedForm
from .posts import likely_day
from .words import NameField

FIELDS = ("whom", "visited_on", "saw", "changed", "version")


class ExposureVisitForm(VersionedForm):
    whom = NameField(
        max_length=200,
        label="Whom did you visit?",
        help_text="A service, a team, a group. Leave out names of service users.",
    )
    visited_on = forms.DateField(label="When?", widget=DateInput)
    saw = forms.CharField(
        label="What did you see?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What surprised you is enough.",
    )
    changed = forms.CharField(
        label="What did it change in how you see things?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_visited_on(self) -> date:
        day = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise ValidationError(
                "That day is still to come. Write it down once you have been there."
            )
        return likely_day(day)


def answers_of(visit: ExposureVisit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in FIELDS}
