from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.actions.learning_calls import NOTHING_SAID, Said
from cohorts.models import LearningCall
from systemschangers.kernel.policy import Verdict
from systemschangers.kernel.widgets import DateInput

from .meanwhile import VersionedForm
from .posts import likely_day
from .time_requests import NOT_A_TIME, TimeInput

AHEAD = timedelta(days=183)


class LearningCallForm(VersionedForm):
    """One form for a call to come and a call that was: the day says which.

    A day to come, or a time later today, plans it: `planned_for` is set. Any other day writes it down:
    `held_on` is set, and at least one lens has to say something. `held` is for a call that was held,
    which can’t be planned again."""

    day = forms.DateField(
        label="Which day?",
        widget=DateInput,
        help_text="A day to come plans the call. Today, or a day that has been, writes it down.",
    )
    time = forms.TimeField(
        label="At what time?",
        required=False,
        widget=TimeInput,
        error_messages={"invalid": NOT_A_TIME},
        help_text="Needed for a call to come.",
    )
    me = forms.CharField(
        label="Me",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What am I noticing about myself and how I work?",
    )
    organisation = forms.CharField(
        label="My organisation",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What helps here, what gets in the way, where is there flex?",
    )
    system = forms.CharField(
        label="The wider system",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What do we see across services, rules and money?",
    )
    next_step = forms.CharField(
        label="One next step", required=False, max_length=300, help_text="Small is good."
    )

    planned_for: datetime | None = None
    held_on: date | None = None

    def __init__(self, *args: Any, may_plan: Verdict, held: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held, self.may_plan = held, may_plan
        if held:
            del self.fields["time"]
            self.fields["day"].help_text = ""

    def clean_day(self) -> date:
        return likely_day(self.cleaned_data["day"], ahead=AHEAD)

    def clean(self) -> dict[str, Any]:
        given, now = self.cleaned_data, timezone.now()
        day, at = given.get("day"), given.get("time")
        if day is None or "time" in self.errors:
            return given
        today = timezone.localdate(now)
        starts = timezone.make_aware(datetime.combine(day, at)) if at else None
        if self.held and day > today:
            self.add_error("day", "That day is still to come. Give the day on which you spoke.")
        elif day > today and starts is None:
            self.add_error("time", "Say at what time you will speak.")
        elif starts and starts > now and not self.may_plan:
            self.add_error("day", self.may_plan.reason)
        elif starts and starts > now:
            self.planned_for = starts
        else:
            self.held_on = day
            if self.said.is_empty:
                self.add_error("me", ValidationError(NOTHING_SAID))
        return given

    @property
    def said(self) -> Said:
        names = ("me", "organisation", "system", "next_step")
        return Said(**{name: self.cleaned_data.get(name, "") for name in names})


def answers_of(call: LearningCall) -> dict[str, Any]:
    planned = timezone.localtime(call.planned_for) if call.planned_for else None
    held = call.state == LearningCall.State.HELD
    return {
        "day": call.held_on if held else planned and planned.date(),
        "time": None if held else planned and planned.time(),
        "me": call.me,
        "organisation": call.organisation,
        "system": call.system,
        "next_step": call.next_step,
        "version": call.version,
    }
