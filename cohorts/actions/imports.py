"""Bringing in a list of people: kept to be looked through, then added whole, wrong lines left out."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from cohorts import events, people_lists
from cohorts.clashes import clashes_in_words
from cohorts.import_plans import Plan, Row, plan
from cohorts.models import (
    Import,
    ManagerAgreement,
    Membership,
    Organisation,
    Person,
    Place,
    Post,
    Service,
)
from cohorts.models.imports import KEPT_FOR
from cohorts.policy import may_import
from systemschangers.kernel import activity, letters
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.spreadsheets import csv_text

LETTERS_A_JOB = 100


@transaction.atomic
def keep(*, text: str, by: Person, at: datetime) -> Import:
    """Keep a list to be looked through; nothing in it is added. Lists older than a week go."""
    may_import(by).require()
    people_lists.read(text)
    Import.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    return Import.objects.create(person=by, text=text, made_at=at)


@transaction.atomic
def add(*, brought: Import, invite: bool, by: Person, at: datetime) -> Import:
    """Add what is right in the list, and write to the new people when `invite`.

    Looked through again first, since things may have changed. What was wrong stays in the row, to
    be taken away and mended. Raises WrongState when it was added before, ValidationError when
    somebody added one of the same things at the same moment."""
    may_import(by).require()
    brought = Import.objects.select_for_update().get(pk=brought.pk)
    if brought.done_at:
        raise WrongState("This list has been added already.")
    whole = plan(brought.text)
    with clashes_in_words(Organisation, Service, Place, Person, Post, Membership):
        services = _add_places(whole)
        people = _add_people(whole, at)
        _add_posts(whole, services, people, at)
    new = [people[row.email] for row in whole.new_people]
    if invite:
        _welcome_soon(new, by)
    brought.text = csv_text(whole.wrong_lines()) if whole.wrong else ""
    brought.done_at = at
    brought.people_added, brought.people_invited = len(new), len(new) if invite else 0
    brought.save()
    activity.record(
        events.PEOPLE_IMPORTED,
        actor=by,
        target=brought,
        at=at,
        people=[person.pk for person in new],
        invited=invite,
        new={what: len(names) for what, names in whole.new.items()},
    )
    return brought


def _add_places(whole: Plan) -> dict[tuple[str, str], int]:
    """Organisations, places and services; returns service ids by lower-case organisation and name."""
    world = whole.world
    for made in Organisation.objects.bulk_create(
        Organisation(name=name) for name in whole.new["organisations"]
    ):
        world.organisations[made.name.lower()] = made.pk
    for place in Place.objects.bulk_create(Place(name=name) for name in whole.new["places"]):
        world.places[place.name.lower()] = place.pk
    wanted: dict[tuple[int, str], Service] = {}
    for row in whole.adding:
        line = row.line
        key = (world.organisations[line.cell("organisation").lower()], line.cell("service").lower())
        if line.cell("service") and key not in world.services and key not in wanted:
            wanted[key] = Service(
                organisation_id=key[0],
                name=line.cell("service"),
                place_id=world.places.get(line.cell("place").lower()),
            )
    for service in Service.objects.bulk_create(wanted.values()):
        world.services[service.organisation_id, service.name.lower()] = service.pk
    names = {pk: name for name, pk in world.organisations.items()}
    return {(names[owner], name): pk for (owner, name), pk in world.services.items()}


def _add_people(whole: Plan, at: datetime) -> dict[str, Person]:
    """New accounts, with no password: they sign in by a code sent to the address."""
    unusable = make_password(None)
    new = Person.objects.bulk_create(
        Person(email=row.email, name=row.line.cell("name"), password=unusable, joined_at=at)
        for row in whole.new_people
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=False, primary=True)
        for person in new
    )
    return whole.world.people | {person.email: person for person in new}


def _add_posts(
    whole: Plan, services: dict[tuple[str, str], int], people: dict[str, Person], at: datetime
) -> None:
    today = timezone.localdate(at)
    rows = [row for row in whole.adding if row.has_person]

    def service_of(row: Row) -> int:
        return services[row.line.cell("organisation").lower(), row.line.cell("service").lower()]

    Post.objects.bulk_create(
        Post(
            person=people[row.email],
            service_id=service_of(row),
            title=row.line.cell("job title"),
            kind=row.kind,
            line_manager=people.get(row.manager),
            started=today,
        )
        for row in rows
        if (people[row.email].pk, service_of(row)) not in whole.world.posts
    )
    agreed = set(
        ManagerAgreement.objects.filter(
            state=ManagerAgreement.State.AGREED, worker__in=[people[row.email] for row in rows]
        ).values_list("worker_id", flat=True)
    )
    state = Membership.State
    Membership.objects.bulk_create(
        (
            Membership(
                cohort_id=whole.world.cohorts[row.line.cell("cohort").lower()],
                person=people[row.email],
                state=state.ACTIVE if people[row.email].pk in agreed else state.AWAITING_MANAGER,
                joined_at=at,
                state_at=at,
            )
            for row in rows
            if row.line.cell("cohort")
            and (people[row.email].pk, whole.world.cohorts[row.line.cell("cohort").lower()])
            not in whole.world.members
        ),
        update_conflicts=True,
        unique_fields=["cohort", "person"],
        update_fields=["state", "state_at"],
    )


def _welcome_soon(people: list[Person], by: Person) -> None:
    """Have the queue write to them once this has been saved."""
    pks: list[JSONValue] = [person.pk for person in people]
    for start in range(0, len(pks), LETTERS_A_JOB):
        app.configure_task("cohorts.welcome").defer(
            people=pks[start : start + LETTERS_A_JOB], by=by.pk
        )


def welcome(*, people: list[int], by: int, at: datetime) -> None:
    """Write the letters that tell people they were added. Done twice, it writes none twice."""
    inviter = Person.objects.get(pk=by)
    for person in Person.objects.here().filter(pk__in=people):
        context = {
            "person": person,
            "inviter": inviter,
            "action_url": settings.SITE_ADDRESS + reverse("account_login"),
            "action_label": "Sign in",
        }
        letters.write(
            to=person.email,
            recipient=person,
            kind="welcome",
            subject=f"{inviter} has added you to Systems Changers",
            text=render_to_string("emails/cohorts/welcome.txt", context).strip() + "\n",
            html=render_to_string("emails/cohorts/welcome.html", context),
            at=at,
            dedupe_key=f"welcome:{person.pk}",
        )
