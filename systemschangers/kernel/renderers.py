"""Forms in the look of the product: templates/components/field.html, and widgets of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, EngineMixin
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property


class Renderer(EngineMixin, BaseRenderer):
    """Looks in the project's templates first, then in Django's for the widgets left alone."""

    backend = DjangoTemplates
    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"

    @cached_property
    def engine(self) -> DjangoTemplates:
        ours: dict[str, Any] = dict(settings.TEMPLATES[0])
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [*ours["DIRS"], Path(django.forms.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {"builtins": ours["OPTIONS"]["builtins"]},
            }
        )
