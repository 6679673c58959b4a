from __future__ import annotations

from datetime import date

from django import forms

from cohorts.models import Person, Service


class TeamSheetForm(forms.Form):
    """Which service, and which month."""

    service = forms.ModelChoiceField(Service.objects.none(), empty_label=None, required=False)
    month = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$",
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": "Write the month as year and number, as 2026-03."},
    )

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mine = Service.objects.filter(pk__in=person.reach.services)
        self.fields["service"].queryset = mine  # type: ignore[attr-defined]

    def chosen(self, today: date) -> tuple[Service | None, date]:
        """The service (one's first when none was named) and the first day of the month."""
        month = self.cleaned_data.get("month")
        first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
        service = self.cleaned_data.get("service")
        return service or self.fields["service"].queryset.first(), first  # type: ignore[attr-defined]
