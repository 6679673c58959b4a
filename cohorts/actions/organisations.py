"""Adding and changing organisations, services, places and themes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.models import Organisation, Person, Place, Service, Theme
from cohorts.policy import may_change_organisations, may_set_up
from systemschangers.kernel import activity


@transaction.atomic
def add_organisation(*, name: str, by: Person, at: datetime) -> Organisation:
    """Raises ValidationError when one of that name is here."""
    may_change_organisations(by).require()
    with clashes_in_words(Organisation):
        organisation = Organisation.objects.create(name=name)
    activity.record(events.ORGANISATION_ADDED, actor=by, target=organisation, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, name: str, by: Person, at: datetime
) -> Organisation:
    may_change_organisations(by).require()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.name = name
    with clashes_in_words(Organisation):
        organisation.save()
    activity.record(events.ORGANISATION_CHANGED, actor=by, target=organisation, at=at)
    return organisation


@transaction.atomic
def add_service(
    *, organisation: Organisation, name: str, place: str = "", by: Person, at: datetime
) -> Service:
    """`place` by its name; one nobody has used before is added."""
    may_change_organisations(by).require()
    with clashes_in_words(Service):
        service = Service.objects.create(
            organisation=organisation, name=name, place=Place.objects.named(place)
        )
    activity.record(events.SERVICE_ADDED, actor=by, target=service, at=at)
    return service


@transaction.atomic
def change_service(
    *, service: Service, name: str, place: str = "", by: Person, at: datetime
) -> Service:
    may_change_organisations(by).require()
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.name, service.place = name, Place.objects.named(place)
    with clashes_in_words(Service):
        service.save()
    activity.record(events.SERVICE_CHANGED, actor=by, target=service, at=at)
    return service


@transaction.atomic
def add_themes(*, names: Iterable[str], by: Person, at: datetime) -> list[Theme]:
    """Those of `names` that are not here yet. Returns the new ones."""
    may_set_up(by).require()
    here = {name.lower() for name in Theme.objects.values_list("name", flat=True)}
    slugs = set(Theme.objects.values_list("slug", flat=True))
    added = []
    for name in names:
        if name.lower() not in here:
            here.add(name.lower())
            slug = _free_slug(name, slugs)
            slugs.add(slug)
            added.append(Theme.objects.create(name=name, slug=slug))
    for theme in added:
        activity.record(events.THEMES_ADDED, actor=by, target=theme, at=at)
    return added


def _free_slug(name: str, taken: set[str]) -> str:
    slug = base = slugify(name)[:50] or "theme"
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
