from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import Leader, Organisation, Place, Theme

from .meanwhile import SeenForm
from .words import NameField


class LeaderForm(SeenForm):
    name = NameField(max_length=100, label="Name")
    email = forms.EmailField(
        max_length=254,
        label="E-mail address",
        help_text="Requests go there. They need no account: each letter has a link to answer by.",
    )
    portfolio = NameField(
        max_length=160, label="What they lead on", help_text="As “lead for homelessness”."
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Organisation", empty_label="Choose one"
    )
    place = forms.ModelChoiceField(
        Place.objects.order_by("name"), label="Place", required=False, empty_label="No one place"
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.order_by("name"),
        label="Themes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    meetings_a_month = forms.IntegerField(
        label="Meetings a month they can give", min_value=0, max_value=31, initial=2
    )
    welcome = forms.CharField(
        label="What they would like to hear",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def answers_of(leader: Leader) -> dict[str, Any]:
    """What the form shows of a leader who is there."""
    plain = ("name", "email", "portfolio", "organisation", "place", "meetings_a_month", "welcome")
    return {name: getattr(leader, name) for name in plain} | {"themes": leader.themes.all()}


class DirectoryForm(forms.Form):
    """What the directory is narrowed by. A choice that is gone narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label="Search")
    place = forms.ModelChoiceField(
        Place.objects.order_by("name"), required=False, label="Place", empty_label="Anywhere"
    )
    theme = forms.ModelChoiceField(
        Theme.objects.order_by("name"), required=False, label="Theme", empty_label="All themes"
    )
