from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import Board, Leader, Organisation

from .words import NameField, PlainForm


class BoardForm(PlainForm):
    name = NameField(max_length=120, label="Name", help_text="As “Housing and homelessness board”.")
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Organisation", empty_label="Choose one"
    )
    chair = forms.ModelChoiceField(
        Leader.objects.none(),
        label="Who answers for it?",
        empty_label="Choose one",
        help_text="What comes to the board goes to them by letter. They need no account.",
    )
    members = forms.ModelMultipleChoiceField(
        Leader.objects.none(),
        label="Who else sits on it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those with an account read what the board reads.",
    )
    about = forms.CharField(
        label="What does it decide?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leaders = Leader.objects.filter(retired_at=None).order_by("name", "id")
        for name in ("chair", "members"):
            self.fields[name].queryset = leaders  # type: ignore[attr-defined]


def answers_of(board: Board) -> dict[str, Any]:
    """What the form shows of a board that is there."""
    plain = ("name", "organisation", "chair", "about")
    return {name: getattr(board, name) for name in plain} | {"members": board.members.all()}
