"""What something is told about: a win, practice, meeting, promise, experiment, lab. A row names one.

A thing's key is its kind and number, "win-7": in addresses, and in the column that a chain shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

MODELS = {
    "win": "wins.Win",
    "practice": "cohorts.Practice",
    "meeting": "cohorts.PeerMeeting",
    "commitment": "cohorts.Commitment",
    "experiment": "labs.Experiment",
    "lab": "labs.Lab",
}


def model_of(kind: str) -> Any:
    return apps.get_model(MODELS[kind])


def kind_of(thing: models.Model) -> str:
    """Raises KeyError for what is none of ours."""
    return {label.lower(): kind for kind, label in MODELS.items()}[thing._meta.label_lower]


def key_of(thing: models.Model) -> str:
    return f"{kind_of(thing)}-{thing.pk}"


def things_seen_by(person: Any, kind: str) -> Any:
    """Those of a kind about which `person` reads what is told: those they see; of labs, whose published
    summary everyone sees, those they are in."""
    found = model_of(kind).objects
    return found.inside_for(person) if kind == "lab" else found.visible_to(person)


def seen_things(person: Any, kinds: Sequence[str]) -> Q:
    """Rows whose thing `person` sees, by each kind's own `visible_to`.

    Asked row by row: a list of all the wins somebody sees can be a million long."""
    seen = Q()
    for kind in kinds:
        visible = things_seen_by(person, kind)
        seen |= Q(Exists(visible.filter(pk=OuterRef(kind)).order_by()))
    return seen


def about_one(kinds: Sequence[str], *, name: str, key: str = "") -> models.CheckConstraint:
    """Exactly one of `kinds` is set; and the column `key`, where there is one, says which."""
    either = Q()
    for kind in kinds:
        only = Q(**{f"{other}__isnull": other != kind for other in kinds})
        if key:
            only &= Q(**{key: Concat(Value(f"{kind}-"), Cast(f"{kind}_id", TextField()))})
        either |= only
    return models.CheckConstraint(name=name, condition=either)


class AboutAThing(models.Model):
    """A row about one thing. `KINDS` are the names of its foreign keys."""

    KINDS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @property
    def kind(self) -> str:
        return next(kind for kind in self.KINDS if getattr(self, f"{kind}_id") is not None)

    @property
    def thing(self) -> Any:
        return getattr(self, self.kind)

    @property
    def thing_key(self) -> str:
        kind = self.kind
        return f"{kind}-{getattr(self, f'{kind}_id')}"
