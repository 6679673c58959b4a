"""What the forms of this app share: names on one line, and errors that say what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.people_lists import UNSEEN


class NameField(forms.CharField):
    """A name on one line: spaces made single, characters that can't be seen taken out."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = UNSEEN.sub("", text) if "\x00" not in text else text
        return " ".join(text.split())


def in_sentence_case(choices: Any) -> list[tuple[str, str]]:
    """Choices as the lines of a list begin: “Frontline worker”."""
    return [(value, label[:1].upper() + label[1:]) for value, label in choices]


class PlainForm(forms.Form):
    """Says of an empty field which one it is, so that the summary at the top can be read alone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            own = type(field).default_error_messages | field.error_messages
            messages = field.error_messages
            if own["required"] == forms.Field.default_error_messages["required"]:
                messages["required"] = _when_empty(field)
            if most := getattr(field, "max_length", None):
                messages["max_length"] = f"“{field.label}” is too long: {most} characters at most."
            if isinstance(field, forms.DateField):
                messages["invalid"] = "That is not a day we can read. Write it like 2026-03-31."
            if isinstance(field, forms.EmailField):
                messages["invalid"] = (
                    "That is not an e-mail address. It looks like ana@example.org."
                )


def _when_empty(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField):
        return f"Choose an answer for “{field.label}”."
    return f"“{field.label}” is empty. Fill it in."


def attempt(form: forms.BaseForm, action: Any, **arguments: Any) -> Any:
    """What the action returns; None when it refused in words, which are then the form's."""
    try:
        return action(**arguments)
    except ValidationError as error:
        form.add_error(None, error)
        return None
