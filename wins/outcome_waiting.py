"""What of outcomes waits on a person: drafts they began."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person
from cohorts.waiting import Found, Kind, Row, each, excerpt
from wins.models import Outcome


def _drafts(person: Any, now: Any) -> Any:
    return Outcome.objects.filter(author=person, state=Outcome.State.DRAFT)


def _row(one: Found, person: Person, now: datetime) -> Row:
    hint = excerpt(f"{one.said['actor']}: {one.said['what']}")
    url = reverse("wins:outcome", args=[one.thing])
    return Row("Finish your outcome", url, hint, "edit", since=one.since)


KINDS = (Kind("outcome", _drafts, "made_at", each(_row), {"actor": "actor", "what": "what"}),)
