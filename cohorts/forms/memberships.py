from __future__ import annotations

from django import forms

from .words import PlainForm


class StepForm(PlainForm):
    """The words that go with a step; which of them need some, the action says."""

    words = forms.CharField(
        label="Your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They read this. Say why, and what might suit them better.",
    )
