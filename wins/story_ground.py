"""What a story can rest on: what its teller did, changed or was promised, and may name with their name on.

Private wins and barriers raised without a name are not offered: a story would show whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.text import Truncator

from cohorts.models import Commitment, Person
from labs.models import Barrier
from wins.models import Ripple, Win

MOST = 40


@dataclass(frozen=True)
class Ground:
    """Things of one kind, each with the words it is chosen by."""

    label: str
    things: list[tuple[models.Model, str]]

    @property
    def keys(self) -> list[tuple[str, int]]:
        return [(thing._meta.label_lower, thing.pk) for thing, _ in self.things]


def ground_of(person: Person) -> list[Ground]:
    """Groups that are not empty, each newest first. One query a kind."""
    wins = (
        Win.objects.filter(author=person)
        .logged()
        .exclude(visibility=Win.Visibility.ONLY_ME)
        .defer("search")
        .order_by("-logged_at", "-id")[:MOST]
    )
    kept = (
        Commitment.objects.visible_to(person)
        .filter(request__worker=person, state__in=["kept", "partly"])
        .order_by("-state_at", "-id")[:MOST]
    )
    fixed = (
        Barrier.objects.visible_to(person)
        .filter(raised_by=person, way=Barrier.Way.NAMED, state=Barrier.State.FIXED)
        .defer("search", "kind")
        .order_by("-shown_on", "-id")[:MOST]
    )
    groups = [
        Ground("Small wins", [(win, win.excerpt) for win in wins]),
        Ground("What came of them", _ripples(person)),
        Ground("Promises that were kept", [(one, _short(one.words)) for one in kept]),
        Ground("Barriers that were fixed", [(one, one.excerpt) for one in fixed]),
    ]
    return [group for group in groups if group.things]


def _ripples(person: Person) -> list[tuple[models.Model, str]]:
    told = Ripple.objects.visible_to(person).shown().filter(told_by=person)
    return [(one, _short(one.what)) for one in told.order_by("-happened_on", "-id")[:MOST]]


def _short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(90)
