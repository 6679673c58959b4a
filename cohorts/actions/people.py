"""What people change about themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts import events
from cohorts.models import Person
from systemschangers.kernel import activity


@transaction.atomic
def change_profile(
    *,
    name: str,
    about: str,
    shows_email: bool,
    listed: bool,
    hears_by_email: bool,
    by: Person,
    at: datetime,
) -> Person:
    """One's own: name, words about one's work, whether the e-mail address shows, whether they are
    listed, whether e-mail comes."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.name, person.about = name, about
    person.shows_email, person.listed, person.hears_by_email = shows_email, listed, hears_by_email
    person.save(update_fields=["name", "about", "shows_email", "listed", "hears_by_email"])
    activity.record(events.PROFILE_CHANGED, actor=by, target=person, at=at)
    return person
