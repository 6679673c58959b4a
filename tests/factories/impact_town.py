"""A town of two organisations, for figures: enough people in some services, too few in others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cohorts.models import Cohort, Organisation, Person, Post, Practice, Service, Theme
from tests.factories.leader_requests import make_leader


def build_town(world: Any, now: datetime) -> Any:
    """Two organisations of three services of 3 to 8 people each, two cohorts across them, three themes."""
    sizes = (8, 6, 3, 7, 4, 5)
    organisations = [Organisation.objects.create(name=f"Org {n}") for n in "AB"]
    services = [
        Service.objects.create(organisation=organisations[n // 3], name=f"Service {n}")
        for n in range(len(sizes))
    ]
    people = Person.objects.bulk_create(
        Person(email=f"t{n}-{m}@example.org", name=f"T {n} {m}", joined_at=now)
        for n, size in enumerate(sizes)
        for m in range(size)
    )
    homes = [service for service, size in zip(services, sizes, strict=True) for _ in range(size)]
    Post.objects.bulk_create(
        Post(person=person, service=home, title="Worker", started=now.date() - timedelta(days=900))
        for person, home in zip(people, homes, strict=True)
    )
    world.people, world.homes, world.services = people, homes, services
    world.organisations = organisations
    world.cohorts = [
        Cohort.objects.create(name=f"Cohort {n}", starts=now.date() - timedelta(days=300 * n))
        for n in (1, 2)
    ]
    world.cohort_of = {}
    for cohort, own in zip(world.cohorts, (people[:10], people[10:22]), strict=True):
        cohort.memberships.bulk_create(
            cohort.memberships.model(
                cohort=cohort, person=one, state="alumni", joined_at=now - timedelta(days=800)
            )
            for one in own
        )
        world.cohort_of |= {one.pk: cohort.pk for one in own}
    world.themes = [
        *Theme.objects.order_by("pk"),
        Theme.objects.create(name="Trust", slug="trust"),
    ]
    world.leader = make_leader()
    world.practice = Practice.objects.create(
        title="A call on Fridays", what="We ring.", service=world.outreach, made_by=world.ana,
        made_at=now, changed_at=now, state="published", published_at=now,
    )  # fmt: skip
    return world
