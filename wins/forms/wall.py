"""What a person may narrow the wall by. A link, never a change: it is read from the query string."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms

from systemschangers.kernel.widgets import DateInput
from wins.models import Win

PERIODS = {
    "week": "This week",
    "month": "This month",
    "quarter": "The last 3 months",
    "year": "The last 12 months",
}
DEPTHS = [(value, label[:1].upper() + label[1:]) for value, label in Win.Depth.choices]
OLDEST, NEWEST = date(2000, 1, 1), date(2999, 12, 31)


class WallForm(forms.Form):
    """Every field may be empty. A field that makes no sense says so, and the others still hold."""

    theme = forms.ChoiceField(required=False)
    place = forms.ChoiceField(required=False)
    depth = forms.ChoiceField(
        label="How deep it went", required=False, choices=[("", "Any"), *DEPTHS]
    )
    period = forms.ChoiceField(
        label="When", required=False, choices=[("", "Any time"), *PERIODS.items()]
    )
    since = forms.DateField(label="Or from", required=False, widget=DateInput)
    until = forms.DateField(label="To", required=False, widget=DateInput)

    def __init__(
        self,
        data: Any = None,
        *,
        themes: list[tuple[str, str]],
        places: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["theme"].choices = [("", "Any"), *themes]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "Any"), *places]  # type: ignore[attr-defined]

    def clean_since(self) -> date | None:
        return self._within_reason("since")

    def clean_until(self) -> date | None:
        return self._within_reason("until")

    def _within_reason(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not OLDEST <= day <= NEWEST:
            raise forms.ValidationError("Choose a day after 1 January 2000.")
        return day

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error(
                "until", "This day is before the day you start from. Choose a later one."
            )

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last day asked for, in the reader's time. Own dates go before a period."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since or until:
            return since, until
        period = self.cleaned_data.get("period")
        if period == "week":
            return today - timedelta(days=today.weekday()), None
        if period == "month":
            return today.replace(day=1), None
        if period in ("quarter", "year"):
            return _months_before(today, 3 if period == "quarter" else 12), None
        return None, None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
