from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Cohort
from systemschangers.kernel.widgets import DateInput

from .meanwhile import SeenForm
from .words import PlainForm

FURTHEST = timedelta(days=731)


class OpeningForm(SeenForm):
    """What people read before they apply, and until when they may."""

    about = forms.CharField(
        label="What is it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Who comes together, what they do, and what they take back to their team.",
    )
    asks = forms.CharField(
        label="What does it ask of people?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Hours a month, days away, travel. And that their manager has to agree.",
    )
    close_on = forms.DateField(
        label="Last day to apply",
        required=False,
        widget=DateInput,
        help_text="Leave it empty and nobody can apply.",
    )

    def clean_close_on(self) -> date | None:
        day = self.cleaned_data["close_on"]
        if day and day - timezone.localdate() > FURTHEST:
            raise ValidationError("Choose a day within the next two years.")
        return day


def said_of(cohort: Cohort) -> dict[str, Any]:
    """What people read of a cohort now."""
    return {"about": cohort.about, "asks": cohort.asks, "close_on": cohort.applications_close_on}


class ApplicationForm(PlainForm):
    why = forms.CharField(
        label="Why would you like to take part?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A few lines are enough: what you see in your work, and what you would like to change.",
    )
