"""Forms that know which version of a thing they were opened on: see cohorts.meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from .words import PlainForm


class VersionedForm(PlainForm):
    """Saved again after somebody else’s change was shown, it is a form on the newer version."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def now_on(self, thing: Any) -> None:
        """What was typed stays; pressing save once more keeps it over what `thing` says now."""
        posted: Any = self.data
        typed = posted.copy()
        typed["version"] = str(thing.version)
        self.data = typed


class SeenForm(PlainForm):
    """The same for things that count no versions: it carries what they held when it was opened."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def rows(self, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`answers` under the labels of this form, to be shown as a summary."""
        return [
            {"label": self.fields[name].label, "value": _in_words(value), "words": True}
            for name, value in answers.items()
            if name != "seen"
        ]

    def now_on(self, seen: str) -> None:
        posted: Any = self.data
        typed = posted.copy()
        typed["seen"] = seen
        self.data = typed


def _in_words(value: Any) -> str:
    if isinstance(value, QuerySet):
        return ", ".join(str(one) for one in value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)
