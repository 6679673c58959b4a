from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Cohort, Session, Stage
from systemschangers.kernel.widgets import DateInput

from .meanwhile import VersionedForm
from .time_requests import NOT_A_TIME, TimeInput
from .words import NameField, PlainForm

FURTHEST = timedelta(days=2 * 366)


class SessionForm(VersionedForm):
    """`session` is the one being changed: its time may stay as it is, also when it has passed.

    Cleans to what `actions.plan` takes."""

    title = NameField(
        max_length=120, label="What is it?", help_text="A few words, as people say it."
    )
    day = forms.DateField(label="Which day?", widget=DateInput)
    starts = forms.TimeField(label="From", widget=TimeInput, error_messages={"invalid": NOT_A_TIME})
    ends = forms.TimeField(label="To", widget=TimeInput, error_messages={"invalid": NOT_A_TIME})
    where = NameField(
        max_length=300,
        required=False,
        label="Where?",
        help_text="The place, and how to get in: which door, which bell.",
    )
    link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Link, when it is online",
        help_text="Copy it from the meeting. People in the cohort see it, nobody else.",
        error_messages={"invalid": "That is not a link. It looks like https://example.org/room."},
    )
    access = forms.CharField(
        label="Getting there and taking part",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steps, lifts, parking, fares paid, breaks, captions, a quiet room, food.",
    )
    stage = forms.ModelChoiceField(
        queryset=Stage.objects.none(), required=False, label="Which stage?", empty_label="None"
    )

    def __init__(
        self, *args: Any, cohort: Cohort, session: Session | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.session = session
        self.fields["stage"].queryset = Stage.objects.filter(cohort=cohort)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        day, starts, ends = (given.pop(name, None) for name in ("day", "starts", "ends"))
        if not (day and starts and ends):
            return given
        if ends <= starts:
            self.add_error("ends", "It ends before it begins. Change one of the two.")
            return given
        given["starts_at"] = timezone.make_aware(datetime.combine(day, starts))
        given["ends_at"] = timezone.make_aware(datetime.combine(day, ends))
        self._check_time(given["starts_at"], given["ends_at"])
        return given

    def _check_time(self, starts_at: datetime, ends_at: datetime) -> None:
        session, now = self.session, timezone.now()
        # A form has no seconds; what it shows of a time is that time.
        if session and (starts_at, ends_at) == (
            _minute(session.starts_at),
            _minute(session.ends_at),
        ):
            self.cleaned_data |= {"starts_at": session.starts_at, "ends_at": session.ends_at}
        elif session and session.has_begun(now):
            self.add_error("day", "This session has begun, so its time stays as it was.")
        elif timezone.localdate(starts_at) < timezone.localdate(now):
            self.add_error("day", "That day has passed. Choose one that is still to come.")
        elif starts_at <= now:
            self.add_error("starts", "That time has passed. Choose one that is still to come.")
        elif starts_at - now > FURTHEST:
            self.add_error("day", ValidationError("Choose a day within two years."))


class CallingOffForm(PlainForm):
    words = forms.CharField(
        label="Why is it called off?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody in the cohort reads it, in the letter and on the page.",
    )


def answers_of(session: Session) -> dict[str, Any]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "title": session.title,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "where": session.where,
        "link": session.link,
        "access": session.access,
        "stage": session.stage_id,
        "version": session.version,
    }


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
