from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts import people_lists
from cohorts.people_lists import MOST_BYTES, Unreadable

from .words import PlainForm


class ImportForm(PlainForm):
    """A file or pasted lines; cleans to `text`, known to have columns and lines."""

    file = forms.FileField(
        required=False,
        label="A CSV file",
        help_text="Save your spreadsheet as CSV. Up to 5,000 lines and 1 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        label="Or paste the lines here",
        help_text="Copy them out of your spreadsheet, the column names included.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError("That file is larger than 1 MB. Split it in two.")
        return file

    def clean_pasted(self) -> str:
        pasted = self.cleaned_data["pasted"]
        if len(pasted) > MOST_BYTES:
            raise ValidationError("That is more than 1 MB. Split it in two.")
        return pasted

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        file, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("pasted") or ""
        try:
            text = people_lists.decoded(file.read()) if file else pasted
            people_lists.read(text)
        except Unreadable as problem:
            raise ValidationError({"file" if file else "pasted": str(problem)}) from problem
        self.cleaned_data["text"] = text
        return self.cleaned_data
