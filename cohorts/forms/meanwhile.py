"""Forms that know which version of a thing they were opened on: see cohorts.meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms

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
