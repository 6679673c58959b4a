from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms

from cohorts.models import Condition, RoleClause, RoleStatement

from .words import NameField, PlainForm, in_sentence_case


class BuilderForm(PlainForm):
    """A role of clauses: each is ticked to put it in, and its words fitted to the job.

    `clauses`: those on offer, in the order of the conditions."""

    edition = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=in_sentence_case(RoleStatement.Kind.choices),
        widget=forms.RadioSelect,
        initial=RoleStatement.Kind.ROLE,
    )
    job_title = NameField(label="Job title", max_length=120)
    purpose = forms.CharField(
        label="What is the job for?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences.",
    )

    def __init__(self, *args: Any, clauses: list[RoleClause], **options: Any) -> None:
        self.clauses = clauses
        super().__init__(*args, **options)
        for clause in clauses:
            self.fields[f"pick_{clause.pk}"] = forms.BooleanField(
                label=f"Put this in ({clause.get_level_display()})", required=False
            )
            self.fields[f"words_{clause.pk}"] = forms.CharField(
                label="In words that fit this job",
                required=False,
                max_length=600,
                initial=clause.words,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "job_title", "purpose")]

    def groups(self) -> list[dict[str, Any]]:
        """For each condition: its clauses, and how many of them are ticked."""
        return [self._group(n, list(rows)) for n, rows in groupby(self.clauses, _condition)]

    def _group(self, number: int, clauses: list[RoleClause]) -> dict[str, Any]:
        rows = [(self[f"pick_{one.pk}"], self[f"words_{one.pk}"]) for one in clauses]
        return {
            "number": number,
            "title": Condition(number).label,
            "rows": rows,
            "picked": sum(bool(pick.value()) for pick, _ in rows),
            "wrong": any(pick.errors or words.errors for pick, words in rows),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.clauses:
            picked, words = given.get(f"pick_{one.pk}"), given.get(f"words_{one.pk}")
            if words is None:
                continue
            if picked and not words:
                self.add_error(f"words_{one.pk}", "Write the words, or take the tick away.")
            if not picked and words and words.split() != one.words.split():
                self.add_error(
                    f"pick_{one.pk}",
                    "You changed these words. Tick “Put this in”, or empty the words.",
                )
        return given

    def given(self) -> dict[str, Any]:
        """What the actions take, `edition` apart."""
        names = ("kind", "job_title", "purpose")
        data = self.cleaned_data
        lines = {one.pk: data[f"words_{one.pk}"] for one in self.clauses if data[f"pick_{one.pk}"]}
        return {name: data[name] for name in names} | {"lines": lines}


class StatementDecisionForm(PlainForm):
    """`decision` is the button that was pressed; `edition` says which words were read."""

    decision = forms.ChoiceField(
        choices=[("agree", "Agree"), ("talk", "Talk it through")],
        widget=forms.HiddenInput,
        error_messages={"required": "Press one of the buttons."},
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when something has to be talked through.",
    )


def written_in(statement: RoleStatement) -> dict[str, Any]:
    """What the builder begins with. `statement` comes with its lines."""
    initial: dict[str, Any] = {
        name: getattr(statement, name) for name in ("edition", "kind", "job_title", "purpose")
    }
    for line in statement.lines.all():
        initial |= {f"pick_{line.clause_id}": True, f"words_{line.clause_id}": line.words}
    return initial


def _condition(clause: RoleClause) -> int:
    return clause.condition
