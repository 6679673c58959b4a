"""How often a person wants to hear by e-mail, kind by kind."""

from __future__ import annotations

from typing import Any

from django import forms

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
