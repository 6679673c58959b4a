"""Looking over a win before others see it: what may show who somebody is, with the words around it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cohorts.models import Person, Place, Service
from wins.actions.wins import Telling
from wins.identifiers import Found, find_identifiers, without_names
from wins.models import Win

FIELDS = {
    "what_happened": "What happened",
    "made_hard": "What made it hard",
    "what_changed": "What changed",
    "photo_alt": "What the photo shows",
}
AROUND = 40


@dataclass(frozen=True, slots=True)
class Pointed:
    """One detail, in the field it stands in, with the words before and after it."""

    field: str
    label: str
    before: str
    words: str
    after: str


def look_over(told: Win | Telling, person: Person) -> list[Pointed]:
    """The details in all that was written. Names of colleagues, services and places are left out;
    asking for them takes two queries, and only when a name was found."""
    texts = {name: getattr(told, name) for name in FIELDS}
    found = {name: find_identifiers(text) for name, text in texts.items() if text}
    names = {one.words for several in found.values() for one in several if one.kind == "name"}
    known = _known_here(names, person) if names else set()
    return [
        _pointed(FIELDS[name], texts[name], one)
        for name, several in found.items()
        for one in without_names(several, known)
    ]


def not_there_before(now: list[Pointed], before: list[Pointed]) -> list[Pointed]:
    seen = {(one.label, one.words) for one in before}
    return [one for one in now if (one.label, one.words) not in seen]


def fingerprint(pointed: list[Pointed]) -> str:
    """Says which details somebody has looked at, so that others are pointed out anew."""
    words = repr(sorted({(one.label, one.words) for one in pointed}))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


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


def _pointed(field: str, text: str, found: Found) -> Pointed:
    before = " ".join(text[max(0, found.start - AROUND) : found.start].split(" "))
    after = text[found.end : found.end + AROUND]
    if found.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if found.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Pointed(field, found.label, before, found.words, after)
