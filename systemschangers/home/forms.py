"""What is asked on the pages of the top floor: how often one hears by e-mail, and which words of a
reflection begin something."""

from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import PlainForm
from systemschangers.kernel.paces import KINDS, Pace, paces_of


class PacesForm(forms.Form):
    """One choice for each kind of notice."""

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        paces = paces_of([person])
        for kind in KINDS.values():
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.title,
                help_text=kind.hint,
                choices=[(value, label.capitalize()) for value, label in Pace.choices],
                initial=paces[person.pk, kind.key],
                error_messages={"required": f"Choose how often for “{kind.title}”."},
            )


class PassageForm(PlainForm):
    """Which words of a reflection, and what they begin."""

    MOST = 2000
    words = area("Keep only the words you want to use", MOST, rows=8)
    kind = forms.ChoiceField(
        label="What do they begin?",
        choices=[("win", "A small win"), ("barrier", "A barrier")],
        widget=forms.RadioSelect,
    )
