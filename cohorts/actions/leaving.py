"""Leaving: everything that names the person goes; what others rely on stays without the name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts import events
from cohorts.models import Person
from cohorts.policy import may_leave
from systemschangers.kernel import activity, personal_data


@transaction.atomic
def leave(*, by: Person, went_to: str, at: datetime) -> Person:
    """Erase `by` everywhere, at once and for good; posts end today with `went_to`.

    Every app forgets its part (kernel.personal_data). Administrators are locked while it is asked
    whether one is left. Raises Refused for the only one."""
    list(Person.objects.select_for_update().filter(is_staff=True).order_by("pk").values("pk"))
    person = Person.objects.select_for_update().get(pk=by.pk)
    may_leave(person).require()
    person.leaves_for = went_to  # read by the cohorts app when it ends the posts
    personal_data.forget_everywhere(person, at)
    person.empty(at)
    person.save()
    activity.record(events.PERSON_LEFT, actor=person, target=person, at=at)
    return person


@transaction.atomic
def record_download(*, by: Person, at: datetime) -> None:
    activity.record(events.DOWNLOAD_TAKEN, actor=by, target=by, at=at)
