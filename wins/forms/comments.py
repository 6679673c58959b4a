from __future__ import annotations

from django import forms

from wins.models import Comment


class CommentForm(forms.ModelForm):
    checked = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Comment
        fields = ["words"]
        labels = {"words": "Say something"}
        help_texts = {"words": "Everybody who sees this win sees your comment and your name."}
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"words": {"required": "Write your comment first."}}


class HideCommentForm(forms.Form):
    reason = forms.CharField(
        label="Why you are hiding it",
        help_text="The person who wrote it reads this. Say what they could change.",
        max_length=300,
        error_messages={"required": "Say why. The person who wrote it will read your reason."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
