from __future__ import annotations

from django import forms

from .words import NameField, PlainForm


class ProfileForm(PlainForm):
    name = NameField(
        max_length=100,
        label="Your name",
        help_text="As people here know you.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    about = forms.CharField(
        required=False,
        max_length=1000,
        label="About your work",
        help_text="What you do, and what people might ask you about. Everyone here can read it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    shows_email = forms.BooleanField(required=False, label="Show my e-mail address to people here")
    listed = forms.BooleanField(
        required=False,
        label="List me where people are looked up",
        help_text="Without it, only people who work with you here come across your name."
        " Programme staff find everyone.",
    )
    hears_by_email = forms.BooleanField(
        required=False,
        label="E-mail me when something is for me",
        help_text="A thank you, a comment, a decision that waits. You can always read them here.",
    )
