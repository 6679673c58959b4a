"""Looking over what others are about to read: what may show who somebody is, with the words around it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django import forms

from cohorts.models import Person, Place, Service
from systemschangers.kernel.identifiers import find_identifiers, without_names
from systemschangers.kernel.pointed_out import Pointed, fingerprint, point_out

FIELDS = {
    "what_happened": "What happened",
    "made_hard": "What made it hard",
    "what_changed": "What changed",
    "photo_alt": "What the photo shows",
}
OF_A_STORY = {
    "title": "In a few words",
    "words": "What happened, and what changed",
    "why_i_stay": "Why you stay",
    "to_who_starts": "To somebody who starts",
    "photo_alt": "What the photo shows",
}
OF_A_COMMENT = {"words": "Your comment"}
OF_THANKS = {"words": "What you saw"}


def not_looked_at(
    form: forms.BaseForm, person: Person, fields: Mapping[str, str], *, before: Any = None
) -> list[Pointed]:
    """The details in the answers of a valid form that its writer has not been shown yet. From then on the
    form carries, in `checked`, that they have: sent again as it is, it goes through.

    `before`: what it said already, when it is a change."""
    pointed = look_over(SimpleNamespace(**form.cleaned_data), person, fields)
    if before is not None:
        pointed = not_there_before(pointed, look_over(before, person, fields))
    if not pointed or form.cleaned_data["checked"] == fingerprint(pointed):
        return []
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["checked"] = fingerprint(pointed)  # type: ignore[index]
    return pointed


def look_over(told: Any, person: Person, fields: Mapping[str, str] = FIELDS) -> list[Pointed]:
    """The details in all that was written of a win, or under other `fields`. Names of colleagues,
    services and places are left out; asking for them takes two queries, and only when a name was found."""
    texts = {name: getattr(told, name) for name in fields}
    found = {name: find_identifiers(text) for name, text in texts.items() if text}
    names = {one.words for several in found.values() for one in several if one.kind == "name"}
    known = _known_here(names, person) if names else set()
    return [
        point_out(fields[name], texts[name], one)
        for name, several in found.items()
        for one in without_names(several, known)
    ]


def not_there_before(now: list[Pointed], before: list[Pointed]) -> list[Pointed]:
    seen = {(one.label, one.words) for one in before}
    return [one for one in now if (one.label, one.words) not in seen]


def _known_here(names: set[str], person: Person) -> set[str]:
    """Of `names`, those of people here in full, of close colleagues by first name, and of places."""
    reach = person.reach
    full = Person.objects.known().filter(name__in=names).values_list("name", flat=True)
    services = Service.objects.filter(name__in=names).values_list("name", flat=True)
    places = Place.objects.filter(name__in=names).values_list("name", flat=True)
    near = Person.objects.in_service(*reach.services) | Person.objects.in_cohort(*reach.cohorts)
    firsts = {name.split(" ")[0] for name in near.order_by().values_list("name", flat=True)}
    known = full.order_by().union(services.order_by(), places.order_by(), all=True)
    return set(known) | (names & firsts)
