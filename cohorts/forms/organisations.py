from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Organisation, Place, Service

from .words import NameField, PlainForm


class PlaceInput(forms.TextInput):
    """A place by name, with those that are here suggested."""

    template_name = "cohorts/people/_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["suggestions"] = list(Place.objects.values_list("name", flat=True)[:200])
        return context


def place_field() -> NameField:
    return NameField(
        max_length=80,
        required=False,
        label="Place",
        help_text="The town, district or county.",
        widget=PlaceInput,
    )


class OrganisationForm(PlainForm):
    name = NameField(
        max_length=120, label="Name of the organisation", help_text="A council, a trust, a charity."
    )

    def __init__(self, *args: Any, besides: Organisation | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.besides = besides

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Organisation.objects.exclude(pk=self.besides.pk if self.besides else 0)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("That organisation is already here.")
        return name


class ServiceForm(PlainForm):
    name = NameField(
        max_length=120,
        label="Name of the service",
        help_text="A team: the people who share an office or a rota.",
    )
    place = place_field()

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        besides: Service | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.organisation, self.besides = organisation, besides

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = self.organisation.services.exclude(pk=self.besides.pk if self.besides else 0)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("That organisation already has a service of this name.")
        return name
