from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Person, Post

from .words import PlainForm


class LeavingForm(PlainForm):
    """Typing one's own address is what makes it hard to do by mistake."""

    went_to = forms.ChoiceField(
        label="Where are you going?",
        choices=[
            (Post.WentTo.SAME, "I stay in the same kind of frontline job"),
            (Post.WentTo.FRONTLINE_ELSEWHERE, "To the frontline, somewhere else"),
            (Post.WentTo.INFLUENCING, "Off the frontline, still changing the system"),
            (Post.WentTo.LEFT, "Out of this kind of work"),
            (Post.WentTo.UNKNOWN, "I’d rather not say"),
        ],
        initial=Post.WentTo.UNKNOWN,
        widget=forms.RadioSelect,
        help_text="Kept without your name. We count how many people stay on the frontline.",
    )
    email = forms.CharField(
        max_length=254,
        label="Type your e-mail address to show that you mean it",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        if not person.reach.services:
            del self.fields["went_to"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if email != self.person.email:
            raise ValidationError(
                f"That is not your e-mail address here. Yours is {self.person.email}."
            )
        return email
