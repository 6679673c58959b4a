"""What a leader fills in, by account or by signed link."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.models import Leader, LeaderRequest
from systemschangers.kernel.widgets import DateInput

from .leader_requests import area
from .words import PlainForm

DATES = 3


class TimeInput(forms.TimeInput):
    input_type = "time"


class OfferForm(PlainForm):
    """Several dates to pick from. Rows left empty are none."""

    where = forms.CharField(
        label="Where?", max_length=200, required=False, help_text="A room, or a link to a call."
    )
    words = area("Anything to say with it?", 1000, required=False, rows=2)

    def __init__(self, *args: Any, now: datetime | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now or timezone.now()
        rows: dict[str, forms.Field] = {}
        for number in range(1, DATES + 1):
            rows[f"day_{number}"] = forms.DateField(
                label=f"Date {number}",
                required=number == 1,
                widget=DateInput,
                error_messages={
                    "required": "Offer at least one date.",
                    "invalid": "That is not a day we can read. Write it like 2026-03-31.",
                },
            )
            rows[f"time_{number}"] = forms.TimeField(
                label=f"Time of date {number}",
                required=number == 1,
                widget=TimeInput(format="%H:%M"),
                error_messages={
                    "required": "Say at what time.",
                    "invalid": "That is not a time of day. Write it like 14:30.",
                },
            )
        self.fields = rows | self.fields  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        dates: list[datetime] = []
        for number in range(1, DATES + 1):
            day, at = (
                self.cleaned_data.get(f"day_{number}"),
                self.cleaned_data.get(f"time_{number}"),
            )
            if day is None and at is None:
                continue
            if day is None or at is None:
                missing = f"day_{number}" if day is None else f"time_{number}"
                if missing not in self.errors:
                    self.add_error(missing, f"Date {number} needs a day and a time.")
                continue
            self._add(dates, number, day, at)
        self.cleaned_data["dates"] = dates
        return self.cleaned_data

    def _add(self, dates: list[datetime], number: int, day: date, at: time) -> None:
        moment = timezone.make_aware(datetime.combine(day, at))
        if moment <= self.now:
            self.add_error(f"day_{number}", "This date has passed. Offer a day to come.")
        elif moment in dates:
            self.add_error(f"day_{number}", "You offered that date twice.")
        else:
            dates.append(moment)


class PointForm(PlainForm):
    """Somebody else is the right one to ask."""

    leader = forms.ModelChoiceField(
        Leader.objects.none(), label="Who is the right person?", empty_label="Choose one"
    )
    words = area("Why them?", 1000, required=False, rows=2)

    def __init__(self, *args: Any, request: LeaderRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Leader.objects.filter(retired_at=None).exclude(pk=request.leader_id)
        self.fields["leader"].queryset = others.exclude(  # type: ignore[attr-defined]
            person=request.worker_id
        ).order_by("name", "id")


class CorrectionForm(PlainForm):
    """What was promised, as the leader remembers it."""

    words = area("Anything else to put right?", 1000, required=False)

    def __init__(self, *args: Any, request: LeaderRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commitments = list(request.commitments.all())
        rows: dict[str, forms.Field] = {}
        for number, commitment in enumerate(self.commitments, start=1):
            rows[f"promise_{commitment.pk}"] = area(
                f"Promise {number}", 1000, rows=2, initial=commitment.words
            )
            rows[f"due_{commitment.pk}"] = forms.DateField(
                label=f"Promise {number}: by when", widget=DateInput, initial=commitment.due_on
            )
        self.fields = rows | self.fields  # type: ignore[assignment]


class NotesForm(PlainForm):
    """What was said, and up to four promises, each with its day."""

    PROMISES = 4

    notes = area("What was said?", 4000, rows=6, help_text="A few lines. The leader gets a copy.")

    def __init__(self, *args: Any, today: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today or timezone.localdate()
        for number in range(1, self.PROMISES + 1):
            self.fields[f"promise_{number}"] = area(
                f"Promise {number}", 1000, rows=2, required=False
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=f"Promise {number}: by when", required=False, widget=DateInput
            )
            self.fields[f"due_{number}"].error_messages["invalid"] = (
                "That is not a day we can read. Write it like 2026-03-31."
            )

    def clean(self) -> dict[str, Any]:
        promises: list[tuple[str, date]] = []
        for number in range(1, self.PROMISES + 1):
            words = self.cleaned_data.get(f"promise_{number}")
            due = self.cleaned_data.get(f"due_{number}")
            if words and due and due >= self.today:
                promises.append((words, due))
            elif words and due:
                self.add_error(f"due_{number}", "This day has passed. Choose one to come.")
            elif words and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", "Say by when. A rough day is better than none.")
            elif due:
                self.add_error(f"promise_{number}", "Say what was promised for that day.")
        self.cleaned_data["promises"] = promises
        return self.cleaned_data


class MetForm(PlainForm):
    met = forms.ChoiceField(
        label="Did you meet?",
        choices=[("yes", "Yes, we met"), ("no", "No, it did not happen")],
        widget=forms.RadioSelect,
    )
    words = area("If not: what got in the way?", 1000, required=False, rows=2)
