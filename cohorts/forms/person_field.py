"""Naming one person: their name or e-mail address is typed, and a short list offers the likely ones.

A drop-down of everybody is unusable on a phone and costs a page its size when there are thousands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Person

from .words import NameField


class PersonInput(forms.TextInput):
    """A text field with suggestions the browser shows as one types."""

    template_name = "cohorts/people/_input.html"
    suggestions: Iterable[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["suggestions"] = list(self.suggestions)
        return context


class PersonField(NameField):
    """Cleans to the Person whose name or e-mail address was typed; None when left empty.

    `initial` may be a Person."""

    widget = PersonInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Type their name, or their e-mail address.")
        super().__init__(max_length=254, **options)
        self.widget.attrs.setdefault("autocomplete", "off")

    def offer(self, people: Iterable[Person]) -> None:
        """Names to suggest. A name two people share is left out: the address decides."""
        names = [person.name for person in people]
        self.widget.suggestions = [name for name in names if names.count(name) == 1][:100]

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Person) else value

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        here = Person.objects.known()
        if "@" in words:
            person = here.filter(email=words.lower()).first()
            if person is None:
                raise ValidationError("Nobody here has that e-mail address.")
            return person
        found = list(here.filter(name__iexact=words)[:2])
        if not found:
            raise ValidationError(
                "Nobody here has that name. Write it as it is on their page, or use their e-mail address."
            )
        if len(found) > 1:
            raise ValidationError(
                "More than one person here has that name. Use their e-mail address."
            )
        return found[0]
