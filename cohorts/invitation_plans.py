"""What a list of addresses would do to a cohort, line by line, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import timezone

from cohorts.address_lists import Line
from cohorts.models import Cohort, Invitation, Membership, Person, Service
from cohorts.people_lists import RUNS_AS_FORMULA

LETTER, ASK, HERE, WRONG = "letter", "ask", "here", "wrong"
LONGEST = {"name": 100, "email": 254, "service": 250, "job_title": 120}
IN_IT = {
    "invited": "Has been asked already, on {day}.",
    "applied": "Has applied. Read it under Applications.",
    "awaiting_manager": "Is in this cohort already, and waits for a manager.",
    "active": "Is in this cohort already.",
    "paused": "Is in this cohort already, paused.",
    "alumni": "Has been through this cohort already.",
}


@dataclass
class Row:
    """A line and what becomes of it: a letter, asked here, there already, or wrong and why."""

    line: Line
    verdict: str = LETTER
    words: str = ""
    person: Person | None = None
    membership: Membership | None = None
    invitation: Invitation | None = None
    service: Service | None = None

    def becomes(self, verdict: str, words: str) -> None:
        self.verdict, self.words = verdict, words

    @property
    def name(self) -> str:
        return self.line.name or name_out_of(self.line.email)


@dataclass
class Plan:
    rows: list[Row] = field(default_factory=list)

    def of(self, verdict: str) -> list[Row]:
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def letters(self) -> list[Row]:
        return self.of(LETTER)

    @property
    def asking(self) -> list[Row]:
        return self.of(ASK)

    @property
    def here(self) -> list[Row]:
        return self.of(HERE)

    @property
    def wrong(self) -> list[Row]:
        return self.of(WRONG)

    @property
    def good(self) -> int:
        return len(self.letters) + len(self.asking)

    def wrong_lines(self) -> list[list[str]]:
        """To be mended in a spreadsheet and brought again: with the line it was on, and why."""
        heads = ["line", "name", "email", "service", "job title", "why"]
        return [heads] + [
            [str(line.number), line.name, line.email, line.service, line.job_title, row.words]
            for row in self.wrong
            for line in [row.line]
        ]


@dataclass
class World:
    """What is here already that the list speaks of: read once, whatever the list's length."""

    people: dict[str, Person]
    memberships: dict[int, Membership]
    invitations: dict[str, Invitation]
    services: dict[str, list[Service]]


def plan(stored: Iterable[list], cohort: Cohort, at: datetime) -> Plan:
    """Look through the lines. Changes nothing. Five queries."""
    whole = Plan([Row(Line(*line)) for line in stored])
    for row in whole.rows:
        _look_alone(row)
    world = _world(whole.rows, cohort)
    first_on: dict[Any, int] = {}
    for row in whole.rows:
        if row.verdict != WRONG:
            _weigh(row, world, cohort, first_on, at)
    return whole


def name_out_of(email: str) -> str:
    """“ana.okafor@…” is Ana Okafor until she says otherwise."""
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    named = [word for word in words if not word.isdigit()] or words or [email]
    return " ".join(word[:1].upper() + word[1:] for word in named)[:100]


def _look_alone(row: Row) -> None:
    """What can be said of a line by itself."""
    line = row.line
    if line.problem:
        return row.becomes(WRONG, line.problem)
    if not line.email:
        return row.becomes(WRONG, "Give their e-mail address.")
    try:
        validate_email(line.email)
    except ValidationError:
        return row.becomes(WRONG, f"“{line.email[:80]}” is not an e-mail address.")
    for column, most in LONGEST.items():
        cell, label = getattr(line, column), column.replace("_", " ")
        if len(cell) > most:
            return row.becomes(WRONG, f"The {label} is too long: {most} characters at most.")
        if column != "email" and cell and cell[0] in RUNS_AS_FORMULA:
            return row.becomes(WRONG, f"The {label} can’t begin with “{cell[0]}”.")
    return None


def _weigh(row: Row, world: World, cohort: Cohort, first_on: dict[Any, int], at: datetime) -> None:
    """What can be said of a line beside what is here and the lines above it."""
    line = row.line
    row.person = world.people.get(line.email)
    key = row.person.pk if row.person else line.email
    if key in first_on:
        same = "The same address" if not row.person else "The same person"
        return row.becomes(WRONG, f"{same} is on line {first_on[key]}.")
    first_on[key] = line.number
    if row.person:
        row.membership = world.memberships.get(row.person.pk)
        return _weigh_person(row, row.person)
    if not _find_service(row, world):
        return None
    row.invitation = world.invitations.get(line.email)
    return _weigh_address(row, cohort, at)


def _weigh_person(row: Row, person: Person) -> None:
    if not person.is_active:
        return row.becomes(WRONG, "That account is closed. An administrator can open it again.")
    membership = row.membership
    if membership is None:
        return row.becomes(ASK, f"Has an account as {person.name}. Is asked here, and told.")
    day = _day(membership.state_at)
    if membership.state != Membership.State.WITHDRAWN:
        return row.becomes(HERE, IN_IT[membership.state].format(day=day))
    if membership.was_turned_down:
        return row.becomes(ASK, f"Was told no on {day}, and is asked in now.")
    return row.becomes(ASK, f"Gave up a place, or said no thanks, on {day}. Is asked again.")


def _weigh_address(row: Row, cohort: Cohort, at: datetime) -> None:
    """An address without an account: a letter, unless one is under way."""
    open_one = row.invitation
    if open_one is None or open_one.expires_at <= at:
        return row.becomes(LETTER, f"Gets a letter as {row.name}.")
    day = _day(open_one.made_at)
    if open_one.cohort_id == cohort.pk:
        return row.becomes(HERE, f"Was sent a letter on {day}. It is still good.")
    if open_one.cohort_id is None:
        return row.becomes(
            LETTER, f"Was invited here on {day}. A new letter asks into this cohort too."
        )
    return row.becomes(
        WRONG,
        f"Has an open invitation into {open_one.cohort}. Call that off first, under Invitations.",
    )


def _find_service(row: Row, world: World) -> bool:
    """The service by its name, with its organisation's after a comma where two are called the same."""
    line = row.line
    if not line.service:
        return True
    if not line.job_title:
        row.becomes(WRONG, "Give their job title too: it stands beside the service.")
        return False
    found = world.services.get(line.service.lower(), [])
    if not found:
        name, _, owner = line.service.rpartition(",")
        found = [
            service
            for service in world.services.get(name.strip().lower(), [])
            if service.organisation.name.lower() == owner.strip().lower()
        ]
    if not found:
        row.becomes(
            WRONG,
            f"There is no service called “{line.service[:80]}”. Leave it empty, or add it first.",
        )
    elif len(found) > 1:
        row.becomes(
            WRONG,
            f"More than one service is called “{line.service[:80]}”. Write it with its "
            f"organisation: {found[0].name}, {found[0].organisation.name}.",
        )
    else:
        row.service = found[0]
    return row.service is not None


def _world(rows: list[Row], cohort: Cohort) -> World:
    emails = {row.line.email for row in rows if row.verdict != WRONG}
    people = {person.email: person for person in Person.objects.filter(email__in=emails)}
    second = EmailAddress.objects.annotate(low=Lower("email")).filter(
        low__in=emails - set(people), verified=True
    )
    people |= {address.low: address.user for address in second.select_related("user")}
    names = {row.line.service.lower() for row in rows if row.line.service}
    names |= {name.rpartition(",")[0].strip() for name in names}
    services: dict[str, list[Service]] = {}
    named = Service.objects.annotate(low=Lower("name")).filter(low__in=names)
    for service in named.select_related("organisation").order_by("pk"):
        services.setdefault(service.name.lower(), []).append(service)
    return World(
        people=people,
        memberships={
            membership.person_id: membership
            for membership in Membership.objects.filter(
                cohort=cohort, person__in=[person.pk for person in people.values()]
            )
        },
        invitations={
            invitation.email: invitation
            for invitation in Invitation.objects.filter(
                email__in=emails, accepted_at=None, called_off_at=None
            ).select_related("cohort")
        },
        services=services,
    )


def _day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B}"
