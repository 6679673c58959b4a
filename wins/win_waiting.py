"""What of wins waits on a person: worries to look into, thanks to them, drafts, what was set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, each, excerpt
from wins.models import ThankYou, Win, Worry


def _worries(person: Any, now: Any) -> Any:
    if not person.reach.is_programme_staff:
        return Worry.objects.none()
    return Worry.objects.filter(state=Worry.State.OPEN).exclude(win__author=person)


def _worry_row(one: Found, person: Person, now: datetime) -> Row:
    url, hint = reverse("wins:worry", args=[one.thing]), Worry.Kind(one.said["kind"]).label
    label, many = "Somebody worries about a win", "{} worries about wins"
    return Row(label, url, hint, "flag", Group.OTHERS, one.since, many=many)


def _thank_yous(person: Any, now: Any) -> Any:
    return ThankYou.objects.filter(receiver=person, state=ThankYou.State.WAITING)


def _thank_you_row(one: Found, person: Person, now: datetime) -> Row:
    label, url = f"{one.said['giver']} thanked you", reverse("wins:thank_you", args=[one.thing])
    hint, many = "Choose who else may read it.", "{} people thanked you"
    return Row(label, url, hint, "thank", since=one.since, many=many)


def _unfinished(person: Any, now: Any) -> Any:
    return Win.objects.filter(author=person, state__in=[Win.State.SET_ASIDE, Win.State.DRAFT])


def _unfinished_row(one: Found, person: Person, now: datetime) -> Row:
    url, hint = reverse("wins:win", args=[one.thing]), excerpt(one.said["words"])
    if one.said["state"] == Win.State.SET_ASIDE:
        label = "A win of yours is set aside. See why"
        return Row(label, url, hint, "flag", since=one.since)
    return Row("Finish your draft", url, hint, "edit", since=one.since, many="{} drafts to finish")


WORDS = {"words": "what_happened", "state": "state"}
KINDS = (
    Kind("worry", _worries, "raised_at", each(_worry_row), {"kind": "kind"}),
    Kind("thank_you", _thank_yous, "made_at", each(_thank_you_row), {"giver": "giver__name"}),
    Kind("win", _unfinished, "made_at", each(_unfinished_row), WORDS),
)
