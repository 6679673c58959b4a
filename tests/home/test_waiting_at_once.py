"""What waits is asked of all rooms at once: the same as each room would say by itself, for each their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateTimeField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.anybody import PLACES, Anybody, Shape
from cohorts.models import Person, Post
from cohorts.models.people import Reach
from cohorts.waiting import _prepared, found_of
from systemschangers.home.waiting import KINDS
from systemschangers.kernel.blanks import Blank
from tests.conftest import NOW
from tests.permissions.asking import CAST, SIGNED_OUT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at_once(person: Person, now: datetime) -> list[str]:
    found = found_of(KINDS, person, now)
    return sorted(_line(kind, one.thing, one.said) for kind, its in found.items() for one in its)


def room_by_room(person: Person, now: datetime) -> list[str]:
    """As each noun's own rules have it, put together for this one person."""
    parts = [kind.part(person, now) for kind in KINDS]
    return sorted(_line(kind, thing, said) for part in parts for kind, thing, _, said in part)


def _line(kind: str, thing: int, said: dict[str, Any]) -> str:
    return f"{kind} {thing} {json.dumps(said, sort_keys=True)}"


def insist_it_is_the_same(people: Iterable[Person], now: datetime) -> set[str]:
    """Asked at once, everybody gets what each room would give; the kinds of which there was any."""
    seen: set[str] = set()
    for person in people:
        found = at_once(person, now)
        assert found == room_by_room(person, now), person
        seen |= {line.partition(" ")[0] for line in found}
    return seen


@pytest.mark.parametrize("days", [0, 8, 45])
def test_asked_at_once_it_is_what_each_room_says(scene, days):
    """One of every thing, for everybody of the cast, on days when more and more is due."""
    people = [
        Person.objects.get(pk=getattr(scene, who).pk) for who in CAST if who not in SIGNED_OUT
    ]
    seen = insist_it_is_the_same(people, timezone.now() + days * DAY)
    assert len(seen) >= 12, seen


NOTHING = Reach((), (), (), (), is_programme_staff=False, kinds=frozenset())
TRAITS: list[dict[str, Any]] = [
    *({name: (0,)} for name in PLACES),
    *({"is_programme_staff": True}, {"comes_into_cohort": True}),
    {"kinds": frozenset(Post.Kind.values)},
]
SHAPES = [
    *({}, {key: value for trait in TRAITS for key, value in trait.items()}),
    *({**one, **other} for one, other in combinations(TRAITS, 2)),
]


def test_whatever_somebody_is_the_question_can_be_put_together():
    """Of no trait, of all, of every two: nothing is read, no moment kept, no blank looked into."""
    questions = _prepared.__wrapped__(KINDS)
    for some in SHAPES:
        shape = Shape(is_staff=False, by_code_card=False, reach=replace(NOTHING, **some))
        blanks = {"person": Anybody(shape), "now": Blank("now", DateTimeField())}
        values = {"person": 0, "now": NOW, **{name: [0] for name in PLACES}}
        with CaptureQueriesContext(connection) as queries:
            assert isinstance(questions.ask(shape, blanks, values), list)
        assert len(queries) == 1


def test_nobody_gets_what_was_put_together_for_another(scene):
    """Ana and Zed are of one shape, and so is whoever asks after them."""
    ana, zed = (Person.objects.get(pk=getattr(scene, name).pk) for name in ("ana", "zed"))
    assert Shape.of(ana) == Shape.of(zed)
    now = timezone.now()
    first = at_once(ana, now), at_once(zed, now)
    assert first[0] != first[1]
    assert (at_once(zed, now), at_once(ana, now)) == first[::-1]
