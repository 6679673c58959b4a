"""Parts of a person's page that a higher app knows of: their shared wins, their stories.

An app has a module `person_page.py` (found by itself) with:

    from cohorts.person_page import Part, shows

    @shows
    def wins(reader, person) -> Part | None:
        return Part("wins/wins/_of_person.html", {"wins": Win.objects.visible_to(reader)…[:5]})

Each part's template is included below the person's posts. It gets its context as `part`, the reader
as `person`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import autodiscover_modules

from cohorts.models import Person


@dataclass(frozen=True)
class Part:
    template: str
    context: dict[str, Any]


Show = Callable[[Person, Person], Part | None]
_shown: list[Show] = []


def shows(function: Show) -> Show:
    _shown.append(function)
    return function


def parts(reader: Person, person: Person) -> list[Part]:
    """What the apps have to show `reader` of `person`."""
    autodiscover_modules("person_page")
    return [part for part in (show(reader, person) for show in _shown) if part]
