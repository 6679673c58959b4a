"""A manager who has never signed in decides by the letter: its button leads to a signed link.

The same page as with an account, for the manager alone (a deputy signs in), and one decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import LeaderRequest, ManagerAgreement, Person, RoleStatement, TimeRequest
from systemschangers.kernel import signed_links
from systemschangers.kernel.models import Event

AGREEMENT, TIME, MEETING = "agreement_decision", "time_decision", "meeting_decision"
ROLE = "role_decision"
UNDECIDED: dict[str, frozenset[str]] = {
    AGREEMENT: ManagerAgreement.AGREE.sources,
    TIME: TimeRequest.APPROVE.sources,
    MEETING: LeaderRequest.APPROVE.sources,
    ROLE: frozenset({RoleStatement.State.PROPOSED}),
}


def to_decide(purpose: str) -> Callable[[Event, Person, datetime], str]:
    """For `Notice.by_link`. Empty for whoever is not the manager, and once it is decided."""

    def address(event: Event, person: Person, at: datetime) -> str:
        thing: Any = event.thing  # type: ignore[attr-defined]
        if thing.manager_id != person.pk or thing.state not in UNDECIDED[purpose]:
            return ""
        token = signed_links.issue(
            purpose, thing, email=person.email, name=person.name, person=person, at=at
        )
        return reverse("cohorts:manager_link", args=[token])

    return address
