"""The directory of leaders: added, changed, retired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.meanwhile import insist_as_seen
from cohorts.models import Leader, Organisation, Person, Place, Theme
from cohorts.policy.leaders import may_change_leader, may_change_leaders
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

TOLD = (
    *("name", "email", "portfolio", "organisation", "place"),
    *("meetings_a_month", "welcome", "themes"),
)


@transaction.atomic
def add(
    *,
    name: str,
    email: str,
    portfolio: str,
    organisation: Organisation,
    place: Place | None,
    themes: Iterable[Theme],
    meetings_a_month: int,
    welcome: str,
    seen: str = "",
    by: Person,
    at: datetime,
) -> Leader:
    """Put a leader into the directory. Whoever has an account with that address is the same person."""
    may_change_leaders(by).require()
    email = email.lower()
    if Leader.objects.filter(email=email).exists():
        raise ValidationError("A leader with that e-mail address is already here.")
    leader = Leader.objects.create(
        name=name,
        email=email,
        person=Person.objects.here().filter(email=email, leader=None).first(),
        portfolio=portfolio,
        organisation=organisation,
        place=place,
        meetings_a_month=meetings_a_month,
        welcome=welcome,
    )
    leader.themes.set(themes)
    activity.record(events.LEADER_ADDED, actor=by, target=leader, at=at)
    return leader


@transaction.atomic
def change(
    *,
    leader: Leader,
    name: str,
    email: str,
    portfolio: str,
    organisation: Organisation,
    place: Place | None,
    themes: Iterable[Theme],
    meetings_a_month: int,
    welcome: str,
    seen: str = "",
    by: Person,
    at: datetime,
) -> Leader:
    """Raises ChangedMeanwhile when the entry no longer holds what was `seen` (cohorts.meanwhile)."""
    leader = Leader.objects.select_for_update(of=("self",)).get(pk=leader.pk)
    may_change_leader(by, leader).require()
    insist_as_seen(leader, TOLD, seen)
    email = email.lower()
    if Leader.objects.filter(email=email).exclude(pk=leader.pk).exists():
        raise ValidationError("A leader with that e-mail address is already here.")
    if leader.person_id is None:
        leader.person = Person.objects.here().filter(email=email, leader=None).first()
    leader.name, leader.email, leader.portfolio = name, email, portfolio
    leader.organisation, leader.place = organisation, place
    leader.meetings_a_month, leader.welcome = meetings_a_month, welcome
    leader.save()
    leader.themes.set(themes)
    activity.record(events.LEADER_CHANGED, actor=by, target=leader, at=at)
    return leader


@transaction.atomic
def retire(*, leader: Leader, by: Person, at: datetime) -> Leader:
    """Out of the directory. Requests on their way go on; nobody can ask anew."""
    leader = Leader.objects.select_for_update(of=("self",)).get(pk=leader.pk)
    may_change_leaders(by).require()
    if leader.retired_at:
        raise WrongState("They are no longer in the directory already.")
    leader.retired_at = at
    leader.save(update_fields=["retired_at"])
    activity.record(events.LEADER_RETIRED, actor=by, target=leader, at=at)
    return leader
