"""How often a person hears by e-mail of each kind of notice, and how they stop it without signing in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from systemschangers.kernel.models import NotificationChoice

Pace = NotificationChoice.Pace
SALT = "kernel.stop-letters"


@dataclass(frozen=True)
class Kind:
    """A kind of notice as a person knows it. `pace` is how often one hears who has chosen nothing."""

    key: str
    title: str
    hint: str
    pace: str


WAITS = Kind("waits", "What waits for me", "Something to decide or to answer.", Pace.AT_ONCE)
NEWS = Kind(
    "news", "What I asked for", "Answers, dates, and changes to what I am part of.", Pace.AT_ONCE
)
KINDNESS = Kind("kindness", "Thanks and comments", "What people say to my small wins.", Pace.DAILY)
EXERCISE = Kind(
    "exercise", "The weekly exercise", "Only if you asked for one by e-mail.", Pace.AT_ONCE
)
KINDS = {kind.key: kind for kind in (WAITS, NEWS, KINDNESS, EXERCISE)}


def paces_of(people: Iterable[Any]) -> dict[tuple[int, str], str]:
    """How often each of these people hears of each kind, by person's number and kind. One query.

    Whoever switched all e-mail off hears never."""
    people = list(people)
    paces = {
        (person.pk, kind.key): kind.pace if person.hears_by_email else Pace.NEVER
        for person in people
        for kind in KINDS.values()
    }
    heard = [person.pk for person in people if person.hears_by_email]
    for choice in NotificationChoice.objects.filter(person__in=heard, kind__in=KINDS):
        paces[choice.person_id, choice.kind] = choice.pace
    return paces


@transaction.atomic
def choose(*, person: Any, paces: dict[str, str]) -> None:
    """Keep how often `person` wants to hear of these kinds. To choose one again turns e-mail on."""
    NotificationChoice.objects.bulk_create(
        [NotificationChoice(person=person, kind=kind, pace=pace) for kind, pace in paces.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["pace"],
    )
    if not person.hears_by_email and set(paces.values()) != {Pace.NEVER}:
        person.hears_by_email = True
        person.save(update_fields=["hears_by_email"])


def stop_address(person: Any, kind: Kind | None) -> str:
    """Where `person` stops letters of `kind` (of all kinds, for None) without signing in. It is the same
    in every letter, and does not run out."""
    token = signing.Signer(salt=SALT).sign_object([person.pk, kind.key if kind else ""])
    return settings.SITE_ADDRESS + reverse("home:stopping", args=[token])


def read_token(token: str) -> tuple[int, Kind | None]:
    """Whom a stop address is for, and which kind. Raises signing.BadSignature."""
    pk, key = signing.Signer(salt=SALT).unsign_object(token)
    if key and key not in KINDS:
        raise signing.BadSignature("a kind that is no more")
    return pk, KINDS.get(key)
