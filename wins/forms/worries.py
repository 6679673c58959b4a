from __future__ import annotations

from django import forms

from wins.models import Worry


class WorryForm(forms.ModelForm):
    class Meta:
        model = Worry
        fields = ["kind", "words"]
        labels = {"kind": "What worries you?", "words": "Say more"}
        help_texts = {"words": "Programme staff read this. The person who wrote the win does not."}
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"kind": {"required": "Choose what worries you about this win."}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Worry.Kind.choices  # type: ignore[attr-defined]


class WorryAnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What should happen?",
        choices=Worry.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what should happen to the win."},
    )
    words = forms.CharField(
        label="Why",
        help_text="Whoever told you reads this. If you set the win aside, its author reads it too.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a sentence or two."},
    )
