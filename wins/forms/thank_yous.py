from __future__ import annotations

from django import forms

from cohorts.models import Person
from wins.models import ThankYou


class ThankYouForm(forms.ModelForm):
    checked = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = ThankYou
        fields = ["words"]
        labels = {"words": "What did you see?"}
        help_texts = {"words": "Say what they did, and what it meant. No names of service users."}
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"words": {"required": "Say what you saw them do."}}


class ReceiverForm(forms.Form):
    """Who to thank, found by name."""

    name = forms.CharField(
        label="Who do you want to thank?",
        help_text="Type part of their name.",
        max_length=100,
        error_messages={"required": "Type part of their name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def found(self, person: Person) -> list[Person]:
        """Up to 20 people here of that name, not oneself."""
        return list(
            Person.objects.visible_to(person)
            .filter(name__icontains=self.cleaned_data["name"])
            .exclude(pk=person.pk)
            .prefetch_related("posts__service")[:20]
        )


class ThankYouAnswerForm(forms.Form):
    shown_to = forms.ChoiceField(
        label="Who may see this thank you?",
        choices=[("", "Keep it between us"), *ThankYou.ShownTo.choices],
        required=False,
        widget=forms.RadioSelect,
    )
