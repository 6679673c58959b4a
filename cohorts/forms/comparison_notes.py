from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import ComparisonNote

from .leader_requests import area
from .words import PlainForm, in_sentence_case


class NoteForm(PlainForm):
    """Three lines to compare by. One of them is enough."""

    we_do = area("We do", 2000, required=False, help_text="How your service does it.")
    they_do = area("They do", 2000, required=False, help_text="What is different with them.")
    will_try = area(
        "I’ll try",
        1000,
        rows=2,
        required=False,
        help_text="One thing to take home. We ask you in four weeks how it went.",
    )

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.values()) and not self.errors:
            raise forms.ValidationError("Fill in one of the three. A line is enough.")
        return self.cleaned_data


class TryingForm(PlainForm):
    tried = forms.ChoiceField(
        label="Did you try it?",
        choices=in_sentence_case(ComparisonNote.Tried.choices),
        widget=forms.RadioSelect,
    )
    words = area("What happened?", 2000, required=False)
