from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Condition, Organisation, RoleClause
from systemschangers.kernel.widgets import DateInput

from .words import NameField, PlainForm, in_sentence_case


def clause_words() -> forms.CharField:
    return forms.CharField(
        label="The clause",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As it can stand in a job description: what somebody does, how often, in plain words.",
    )


def level() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Level",
        choices=in_sentence_case(RoleClause.Level.choices),
        help_text="Awareness: knows of it. Working: does it. Practitioner: helps others. "
        "Lead: makes room for it.",
    )


class ClauseForm(PlainForm):
    condition = forms.TypedChoiceField(
        label="Which condition does it serve?", choices=Condition.choices, coerce=int
    )
    level = level()
    words = clause_words()


class RewordForm(PlainForm):
    level = level()
    words = clause_words()


class EmployerForm(PlainForm):
    """Whose jobs to show; none is everybody's."""

    employer: Any = forms.ModelChoiceField(
        Organisation.objects.none(), label="Employer", required=False, empty_label="All employers"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = Organisation.objects.filter(clause_adoptions__isnull=False)
        self.fields["employer"].queryset = found.distinct().order_by("name")  # type: ignore[attr-defined]


class SectionAdoptionForm(PlainForm):
    """Since when an agreed section stands in the job description."""

    since = forms.DateField(label="Since when?", widget=DateInput)

    def clean_since(self) -> date:
        return not_to_come(self.cleaned_data["since"])


class AdoptionForm(PlainForm):
    """Which employer wrote which clause into which job."""

    organisation: Any = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Which employer?", empty_label="Choose one"
    )
    job_title = NameField(label="Which job?", max_length=120, help_text="As “Outreach worker”.")
    clause: Any = forms.ModelChoiceField(
        RoleClause.objects.none(), label="Which clause?", empty_label="Choose one"
    )
    words = forms.CharField(
        label="What does the job description say?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Word for word, if you can.",
    )
    since = forms.DateField(label="Since when?", widget=DateInput)
    evidence_link = forms.URLField(
        label="Where can it be read?",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="A link, if there is one.",
    )
    evidence = forms.CharField(
        label="How do you know?",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="If there is no link: who told you, or where you saw it.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        clause: Any = self.fields["clause"]
        clause.queryset = RoleClause.objects.in_library().for_list()
        clause.label_from_instance = lambda one: f"{one.condition}. {one.excerpt}"

    def clean_since(self) -> date:
        return not_to_come(self.cleaned_data["since"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("evidence") or given.get("evidence_link") or self.errors):
            self.add_error("evidence", "Say how you know, or give a link.")
        return given


def not_to_come(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError("That day is still to come. Write it down once it is so.")
    return day
