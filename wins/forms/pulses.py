from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.words import PlainForm
from wins.pulse_words import CONDITIONS, STEPS


class PulseForm(PlainForm):
    """Thirteen statements, six choices each. Nothing is chosen beforehand."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for condition in CONDITIONS:
            self.fields[f"c{condition.number}"] = forms.TypedChoiceField(
                label=f"{condition.number}. {condition.statement}",
                choices=STEPS,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Choose a step for statement {condition.number}, or “I can’t say”."
                },
            )

    @property
    def steps(self) -> dict[int, int]:
        return {one.number: self.cleaned_data[f"c{one.number}"] for one in CONDITIONS}
