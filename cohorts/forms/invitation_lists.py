from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts import address_lists
from cohorts.invitation_plans import LONGEST, Row
from cohorts.people_lists import MOST_BYTES, Unreadable, decoded

from .words import PlainForm

LABELS = {"name": "Name", "email": "E-mail address", "service": "Service", "job_title": "Job title"}


class InvitationListForm(PlainForm):
    """Pasted addresses or a file; cleans to `sheet`, known to hold somebody."""

    pasted = forms.CharField(
        required=False,
        strip=False,
        label="Paste the addresses here",
        help_text="Alone or with names, between commas or one a line, "
        "like Ana Okafor &lt;ana@example.org&gt;. Or lines out of a spreadsheet.",
        widget=forms.Textarea(
            attrs={"rows": 8, "autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}
        ),
    )
    file = forms.FileField(
        required=False,
        label="Or choose a CSV file",
        help_text="With the columns name, email, service and job title, in any order. Only email must "
        "be there. Up to 1,000 people and 1 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError("That file is larger than 1 MB. Split it in two.")
        return file

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        file, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("pasted") or ""
        if file and pasted.strip():
            raise ValidationError(
                {"file": "You pasted addresses and chose a file. Send one of them, then the other."}
            )
        try:
            text = decoded(file.read()) if file else pasted
            self.cleaned_data["sheet"] = address_lists.read(text)
        except Unreadable as problem:
            raise ValidationError({"file" if file else "pasted": str(problem)}) from problem
        return self.cleaned_data


class MendingForm(PlainForm):
    """The lines that are wrong, each with its four cells. Cleans to `changes`: by a line's key."""

    def __init__(self, rows: list[Row], *args: Any, **options: Any) -> None:
        self.rows = rows
        super().__init__(*args, **options)
        for row in rows:
            for column, label in LABELS.items():
                self.fields[f"{column}-{row.line.key}"] = forms.CharField(
                    required=False,
                    max_length=LONGEST[column],
                    label=f"{label}, line {row.line.number}",
                    initial=getattr(row.line, column),
                    error_messages={
                        "max_length": f"That is too long: {LONGEST[column]} characters at most."
                    },
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )

    def lines(self) -> list[dict[str, Any]]:
        """Each wrong line with its fields, for the page."""
        return [
            {"row": row, "fields": [self[f"{column}-{row.line.key}"] for column in LABELS]}
            for row in self.rows
        ]

    def changes(self) -> dict[int, dict[str, str]]:
        return {
            row.line.key: {
                column: self.cleaned_data[f"{column}-{row.line.key}"] for column in LABELS
            }
            for row in self.rows
            if f"email-{row.line.key}" in self.data
        }
