from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.accounts import has_account
from cohorts.models import Cohort, Invitation, Person, Post

from .person_field import PersonField
from .posts import ServiceChoice
from .words import NameField, PlainForm, in_sentence_case


class InvitationForm(PlainForm):
    name = NameField(max_length=100, label="Their name")
    email = forms.EmailField(
        max_length=254,
        label="Their e-mail address",
        help_text="Their work address. The invitation goes there, and they sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    service = ServiceChoice(label="The service they work in")
    job_title = NameField(max_length=120, label="Their job title")
    kind = forms.ChoiceField(
        choices=in_sentence_case(Post.Kind.choices),
        label="What kind of work is it?",
        widget=forms.RadioSelect,
        initial=Post.Kind.FRONTLINE,
    )
    line_manager = PersonField(required=False, label="Their line manager")
    cohort = forms.ModelChoiceField(
        queryset=Cohort.objects.all(), required=False, empty_label="No cohort", label="Cohort"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        managers = Person.objects.here().filter(
            posts__ended=None, posts__kind__in=[Post.Kind.MANAGER, Post.Kind.LEADER]
        )
        self.fields["line_manager"].offer(managers.distinct()[:100])  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if has_account(email):
            raise ValidationError(
                "Somebody with that e-mail address has an account here. "
                "Find them under People and add a post to their page."
            )
        if Invitation.objects.open(timezone.now()).filter(email=email).exists():
            raise ValidationError(
                "There is already an open invitation to that address. You can send it again "
                "from the list of invitations."
            )
        return email


class JoiningForm(PlainForm):
    """The name is theirs: it starts as whoever invited them wrote it."""

    name = NameField(
        max_length=100,
        label="Your name",
        help_text="As people here will know you. You can change it later.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
