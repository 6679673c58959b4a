from __future__ import annotations

from typing import Any

from django import forms

from cohorts.members import partners_of
from cohorts.models import Cohort, Person

from .words import PlainForm

NOBODY = "nobody"
MOST = 100


class LearningPartnerForm(PlainForm):
    """Who is ticked, and who becomes their learning partner; “nobody” takes theirs away."""

    members = forms.TypedMultipleChoiceField(
        label="Who?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one person.",
            "invalid_choice": "Somebody you ticked has left this cohort. Look again, and tick once more.",
        },
    )
    partner = forms.ChoiceField(label="Their learning partner")

    def __init__(self, *args: Any, cohort: Cohort, members: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.partners: dict[str, Person] = {str(one.pk): one for one in partners_of(cohort)}
        names = [(pk, one.name) for pk, one in self.partners.items()]
        self.fields["members"].choices = [(pk, pk) for pk in members]  # type: ignore[attr-defined]
        self.fields["partner"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *names,
            (NOBODY, "Nobody"),
        ]

    def clean_partner(self) -> Person | None:
        return self.partners.get(self.cleaned_data["partner"])
