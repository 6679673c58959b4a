"""Writes a plan as rows, in one transaction.

The demo is written in bulk and not through the actions: 840 wins with their thanks would be 5,000
transactions and as many letters in the queue to people who don't exist (a minute and a half, against
a few seconds). The rows are what the actions would have left: an event for each thing said, a
notification for each who would have heard, `touched_at` where the last word fell. No letters."""

from __future__ import annotations

from datetime import date, datetime, time

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cohorts.models import (
    Cohort,
    Deputyship,
    Invitation,
    Membership,
    Organisation,
    Person,
    Place,
    Post,
    Service,
    Theme,
)
from wins.impact import keeping

from .barriers import write_barriers
from .board_papers import write_board_papers, write_voices_for_boards
from .ground import COHORTS, ORGANISATIONS, PLACES, TEAMS
from .joining import WHY, write_joining
from .labs import write_labs
from .meetings import write_meetings
from .peers import write_peers
from .permission import write_permission
from .plan import Plan
from .pulse import write_pulse
from .ripples import write_ripples
from .roles import write_roles
from .rounds import write_rounds
from .running import write_running
from .said import Chronicle, write_said
from .somebody import cohort_days
from .stories import write_stories
from .telling import theme_names
from .thinking import write_thinking
from .voices import write_voices


class Ground:
    """The rows that others point to, by the names the plan knows them by."""

    def __init__(self, now: datetime) -> None:
        days = cohort_days(timezone.localdate(now))
        self.places = {
            row.name: row for row in Place.objects.bulk_create(Place(name=n) for n in PLACES)
        }
        self.themes = {
            row.name: row
            for row in Theme.objects.bulk_create(
                Theme(name=name, slug=slugify(name)) for name in theme_names()
            )
        }
        self.organisations = {
            row.name: row
            for row in Organisation.objects.bulk_create(Organisation(name=n) for n in ORGANISATIONS)
        }
        self.services = {
            row.name: row
            for row in Service.objects.bulk_create(
                Service(
                    name=team.name,
                    organisation=self.organisations[team.organisation],
                    place=self.places[team.place] if team.place else None,
                )
                for team in TEAMS
            )
        }
        self.cohorts = {
            row.name: row
            for row in Cohort.objects.bulk_create(
                Cohort(
                    name=name, place=self.places[place], starts=days[name][0], ends=days[name][1]
                )
                for name, place, *_ in COHORTS
            )
        }
        self.people: dict[str, Person] = {}


def at_nine(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


@transaction.atomic
def load(plan: Plan) -> None:
    """Write everything or nothing. Meant for an empty database: existing names would collide."""
    ground = Ground(plan.now)
    _people(plan, ground)
    _posts_and_seats(plan, ground)
    _arrangements(plan, ground)
    chronicle = Chronicle()
    write_said(plan, ground, chronicle)
    write_permission(plan, ground, chronicle)
    write_joining(plan, ground, chronicle)
    write_meetings(plan, ground, chronicle)
    write_running(plan, ground, chronicle)
    write_peers(plan, ground, chronicle)
    write_barriers(plan, ground, chronicle)
    write_rounds(plan, ground, chronicle)
    write_labs(plan, ground, chronicle)
    write_ripples(plan, ground, chronicle)
    write_stories(plan, ground, chronicle)
    write_thinking(plan, ground, chronicle)
    write_roles(plan, ground, chronicle)
    write_pulse(plan, ground)
    write_voices(plan, ground, chronicle)
    write_voices_for_boards(plan, ground, chronicle)
    keeping.add_up(at=plan.now)
    write_board_papers(plan, ground, chronicle)
    chronicle.write(plan.now)


def _people(plan: Plan, ground: Ground) -> None:
    rows = Person.objects.bulk_create(
        Person(
            email=person.email,
            name=person.name,
            about=person.about,
            password=make_password(None),
            is_staff=person.administrator,
            is_superuser=person.administrator,
            is_active=not person.closed,
            joined_at=at_nine(person.joined),
        )
        for person in plan.people
    )
    ground.people = {row.name: row for row in rows}
    EmailAddress.objects.bulk_create(
        EmailAddress(user=row, email=row.email, verified=True, primary=True) for row in rows
    )


def _posts_and_seats(plan: Plan, ground: Ground) -> None:
    Post.objects.bulk_create(
        Post(
            person=ground.people[person.name],
            service=ground.services[job.team.name],
            title=job.title,
            kind=job.kind,
            line_manager=ground.people[job.manager] if job.manager else None,
            started=job.started,
            ended=job.ended,
            went_to=job.went_to,
        )
        for person in plan.people
        for job in person.jobs
    )
    Membership.objects.bulk_create(
        Membership(
            cohort=ground.cohorts[seat.cohort],
            person=ground.people[person.name],
            role=seat.role,
            state=seat.state,
            joined_at=at_nine(seat.joined),
            why=WHY[0] if seat.state == "applied" else "",
        )
        for person in plan.people
        for seat in person.seats
    )


def _arrangements(plan: Plan, ground: Ground) -> None:
    """Invitation links are drawn from the operating system's chance, never from the seed."""
    Deputyship.objects.bulk_create(
        Deputyship(
            person=ground.people[one.person.name],
            deputy=ground.people[one.deputy.name],
            starts=one.starts,
            ends=one.ends,
            called_off_at=one.called_off,
        )
        for one in plan.deputies
    )
    invitations = []
    for asked in plan.invitations:
        invitation = Invitation(
            email=asked.email,
            name=asked.name,
            service=ground.services[asked.team.name],
            job_title=asked.team.jobs[0],
            cohort=ground.cohorts[asked.cohort] if asked.cohort else None,
            invited_by=ground.people[asked.by.name],
            made_at=asked.made,
            called_off_at=asked.called_off,
        )
        invitation.renew(asked.made)
        if asked.accepted:
            invitation.person = ground.people[asked.accepted.name]
            invitation.accepted_at = invitation.person.joined_at
        invitations.append(invitation)
    Invitation.objects.bulk_create(invitations)
