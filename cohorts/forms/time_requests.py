from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import TimeRequest
from systemschangers.kernel.widgets import DateInput

from .words import PlainForm, in_sentence_case

LONGEST = timedelta(hours=12)
SHORTEST = timedelta(minutes=15)
FURTHEST = timedelta(days=366)
MOST_WEEKS = 12
NOT_A_TIME = "That is not a time we can read. Write it like 14:30."


class TimeInput(forms.TimeInput):
    """The phone's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TimeRequestForm(PlainForm):
    """What for, when and how long. `cleaned_data["slots"]` is what `actions.ask` takes."""

    purpose = forms.ChoiceField(
        label="What is the time for?",
        choices=in_sentence_case(TimeRequest.Purpose.choices),
        widget=forms.RadioSelect,
        initial=TimeRequest.Purpose.STAND_BACK,
    )
    day = forms.DateField(label="Which day?", widget=DateInput)
    starts = forms.TimeField(label="From", widget=TimeInput, error_messages={"invalid": NOT_A_TIME})
    ends = forms.TimeField(
        label="To",
        widget=TimeInput,
        required=False,
        error_messages={"invalid": NOT_A_TIME},
        help_text="Or leave this empty and say how many hours.",
    )
    hours = forms.DecimalField(
        label="How many hours?",
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
        error_messages={"invalid": "Write hours as a number, like 3 or 1.5."},
    )
    weeks = forms.TypedChoiceField(
        label="Every week?",
        choices=[(1, "Only this day")]
        + [(count, f"Every week, {count} times") for count in range(2, MOST_WEEKS + 1)],
        coerce=int,
        initial=1,
    )
    cover = forms.CharField(
        label="How is your work covered?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Your manager reads this first. Name who, if you know.",
    )
    note = forms.CharField(
        label="What do you want to do with it?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Seen by your manager, who decides for them while away, and staff of your cohort.",
    )

    def clean_day(self) -> date:
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day < today:
            raise ValidationError("That day has passed. Choose one that is still to come.")
        if day - today > FURTHEST:
            raise ValidationError("Ask for a day within a year.")
        return day

    def clean_hours(self) -> Decimal | None:
        hours = self.cleaned_data["hours"]
        if hours is None:
            return None
        if not hours.is_finite() or hours <= 0:
            raise ValidationError("Ask for a quarter of an hour at least.")
        if hours > 24:
            raise ValidationError(
                "A day has 24 hours. Ask for 12 at most, and for another day if you need more."
            )
        if hours > 12:
            raise ValidationError("Ask for one day at a time, up to 12 hours.")
        if hours % Decimal("0.25"):
            raise ValidationError("Write hours in quarters, like 1.25 or 1.5.")
        return hours

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        day, starts = given.get("day"), given.get("starts")
        if day and starts and not {"ends", "hours"} & set(self.errors):
            length = self._length(starts, given.get("ends"), given.get("hours"))
            if length:
                given["slots"] = self._slots(day, starts, length, given.get("weeks", 1))
        return given

    def _length(self, starts: time, ends: time | None, hours: Decimal | None) -> timedelta | None:
        if ends is None and hours is None:
            self.add_error("ends", "Say when it ends, or how many hours it takes.")
            return None
        if ends is None:
            length = timedelta(hours=float(hours or 0))
            if _since_midnight(starts) + length > timedelta(hours=24):
                self.add_error("hours", "That runs past midnight. Begin earlier, or ask for less.")
                return None
            return length
        length = _since_midnight(ends) - _since_midnight(starts)
        if length <= timedelta():
            self.add_error("ends", "The time ends before it starts. Change one of the two.")
        elif length < SHORTEST:
            self.add_error("ends", "Ask for a quarter of an hour at least.")
        elif length > LONGEST:
            self.add_error("ends", "Ask for one day at a time, up to 12 hours.")
        elif hours is not None and timedelta(hours=float(hours)) != length:
            self.add_error(
                "hours", "That is not what “From” and “To” say. Leave one of them empty."
            )
        else:
            return length
        return None

    def _slots(
        self, day: date, starts: time, length: timedelta, weeks: int
    ) -> list[tuple[datetime, datetime]]:
        """By the clock on the wall, also across the days on which the clocks change."""
        slots = []
        for week in range(weeks):
            first = datetime.combine(day + timedelta(weeks=week), starts)
            slots.append((timezone.make_aware(first), timezone.make_aware(first + length)))
        if slots[0][0] <= timezone.now():
            self.add_error("starts", "That time has passed. Choose one that is still to come.")
        return slots


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)


class TimeDecisionForm(PlainForm):
    """`decision` is the button that was pressed; `alone` decides one slot of a series."""

    decision = forms.ChoiceField(
        choices=[("approve", "Approve"), ("more", "Ask for more"), ("decline", "Decline")],
        widget=forms.HiddenInput,
        error_messages={"required": "Press one of the buttons."},
    )
    words = forms.CharField(
        label="Your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when you ask for more, or decline.",
    )
    ground = forms.ChoiceField(
        label="Ground",
        choices=[("", "Choose one"), *in_sentence_case(TimeRequest.Ground.choices)],
        required=False,
        help_text="Needed when you decline.",
    )
    alone = forms.BooleanField(label="Decide this day only", required=False)


class TimeAnswerForm(PlainForm):
    answer = forms.CharField(
        label="Your answer", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    cover = forms.CharField(
        label="How is your work covered?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
