"""Naming who decides while one is away, and calling it off."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.clashes import clashes_in_words
from cohorts.models import Deputyship, Person
from cohorts.policy import may_call_off_deputyship, may_name_deputy
from systemschangers.kernel import activity


@transaction.atomic
def name_deputy(
    *, deputy: Person, starts: date, ends: date, by: Person, at: datetime
) -> Deputyship:
    """From the first day to the last, both included; the deputy is told.

    Raises ValidationError when some of the days have a deputy, or the deputy's account is closed."""
    may_name_deputy(by).require()
    if not deputy.is_active:
        raise ValidationError("That person is no longer here.")
    with clashes_in_words(Deputyship):
        deputyship = Deputyship.objects.create(person=by, deputy=deputy, starts=starts, ends=ends)
    activity.record(
        events.DEPUTY_NAMED,
        actor=by,
        target=deputyship,
        at=at,
        notify=audiences.deputyship_named(deputyship),
    )
    return deputyship


@transaction.atomic
def call_off(*, deputyship: Deputyship, by: Person, at: datetime) -> Deputyship:
    deputyship = (
        Deputyship.objects.select_for_update(of=("self",))
        .select_related("person", "deputy")
        .get(pk=deputyship.pk)
    )
    may_call_off_deputyship(by, deputyship).require()
    deputyship.called_off_at = at
    deputyship.save(update_fields=["called_off_at"])
    activity.record(
        events.DEPUTY_CALLED_OFF,
        actor=by,
        target=deputyship,
        at=at,
        notify=audiences.deputyship_called_off(deputyship),
    )
    return deputyship
