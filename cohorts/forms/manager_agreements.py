from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from systemschangers.kernel.widgets import DateInput

from .words import PlainForm

FURTHEST = timedelta(days=731)


class AgreementForm(PlainForm):
    """What a worker proposes to her manager."""

    hours_a_month = forms.IntegerField(
        label="Hours a month",
        min_value=1,
        max_value=80,
        help_text="For standing back, meeting people of other services, labs and visits.",
        error_messages={
            "min_value": "Ask for one hour a month at least.",
            "max_value": "Ask for 80 hours a month at most.",
            "invalid": "Write whole hours as a number, like 8.",
        },
    )
    cover = forms.CharField(
        label="How is your work covered meanwhile?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who, and which days are better than others.",
    )
    gives_back = forms.CharField(
        label="What does your team get back?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you will bring to the team, as a short talk once a month.",
    )
    review_on = forms.DateField(
        label="Until when?",
        widget=DateInput,
        help_text="A month before, you are both asked to look at it again. It does not lapse by itself.",
    )

    def clean_review_on(self) -> date:
        day = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if day <= today:
            raise ValidationError("That day has passed. Choose one that is still to come.")
        if day - today > FURTHEST:
            raise ValidationError("Agree for two years at most, then look at it again.")
        return day


class AgreementDecisionForm(PlainForm):
    """`decision` is the button that was pressed."""

    decision = forms.ChoiceField(
        choices=[("agree", "Agree"), ("talk", "Talk it through")],
        widget=forms.HiddenInput,
        error_messages={"required": "Press one of the buttons."},
    )
    words = forms.CharField(
        label="Your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when something has to be talked through.",
    )
