from __future__ import annotations

from django import forms

from cohorts.models import Commitment

from .leader_requests import area
from .words import PlainForm, in_sentence_case


class JudgementForm(PlainForm):
    state = forms.ChoiceField(
        label="How did it go?",
        choices=in_sentence_case(Commitment.State.choices),
        widget=forms.RadioSelect,
    )
    words = area("How you see it", 1000, required=False)
