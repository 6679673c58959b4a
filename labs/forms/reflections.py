from __future__ import annotations

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import PlainForm


class ReflectionForm(PlainForm):
    """`prompt` and `time` are what the page was opened with."""

    words = area("What do you see?", 8000, rows=10)
    prompt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    time = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=10**6
    )
