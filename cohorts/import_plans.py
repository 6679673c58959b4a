"""What a list of people would do, line by line, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from cohorts.models import Cohort, Membership, Organisation, Person, Place, Post, Service
from cohorts.people_lists import RUNS_AS_FORMULA, Line, Sheet, read

KINDS = {
    "": Post.Kind.FRONTLINE,
    "frontline": Post.Kind.FRONTLINE,
    "frontline worker": Post.Kind.FRONTLINE,
    "worker": Post.Kind.FRONTLINE,
    "manager": Post.Kind.MANAGER,
    "leader": Post.Kind.LEADER,
    "programme": Post.Kind.PROGRAMME,
    "programme staff": Post.Kind.PROGRAMME,
}
LONGEST = {
    "organisation": 120,
    "service": 120,
    "place": 80,
    "name": 100,
    "email": 254,
    "job title": 120,
}
ADD, HERE, WRONG = "add", "here", "wrong"


@dataclass
class Row:
    """A line and what becomes of it: added, already here, or wrong and why, in words."""

    line: Line
    verdict: str = ADD
    words: str = ""
    email: str = ""
    manager: str = ""
    kind: str = Post.Kind.FRONTLINE
    new_person: bool = False

    @property
    def has_person(self) -> bool:
        return bool(self.email)

    def goes_wrong(self, why: str) -> None:
        self.verdict, self.words = WRONG, why


@dataclass
class World:
    """What is here already that the list speaks of: read once, whatever the list's length."""

    organisations: dict[str, int]
    services: dict[tuple[int, str], int]
    places: dict[str, int]
    cohorts: dict[str, int]
    people: dict[str, Person]
    taken: set[str]
    posts: set[tuple[int, int]]
    members: set[tuple[int, int]]


@dataclass
class Plan:
    rows: list[Row]
    sheet: Sheet
    world: World
    new: dict[str, list[str]] = field(default_factory=dict)

    def of(self, verdict: str) -> list[Row]:
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def adding(self) -> list[Row]:
        return self.of(ADD)

    @property
    def here(self) -> list[Row]:
        return self.of(HERE)

    @property
    def wrong(self) -> list[Row]:
        return self.of(WRONG)

    @property
    def new_people(self) -> list[Row]:
        return [row for row in self.adding if row.new_person]

    def wrong_lines(self) -> list[list[str]]:
        """To be mended and brought again: the same columns, and one that says why."""
        heads = [*self.sheet.heads, "why"]
        width = len(self.sheet.heads)
        return [heads] + [[*(row.line.raw + [""] * width)[:width], row.words] for row in self.wrong]


def plan(text: str) -> Plan:
    """Look through a list. Changes nothing. Raises people_lists.Unreadable."""
    sheet = read(text)
    rows = [_looked_at(line) for line in sheet.lines]
    world = _world(rows)
    first_on: dict[str, int] = {}
    for row in rows:
        if row.verdict != WRONG:
            _weigh(row, world, first_on)
    _check_managers(rows, world)
    made = Plan(rows=rows, sheet=sheet, world=world)
    made.new = _new_names(made)
    return made


def _looked_at(line: Line) -> Row:
    """What can be said of a line by itself."""
    row = Row(
        line=line, email=line.cell("email").lower(), manager=line.cell("line manager email").lower()
    )
    why = line.problem or _what_is_wrong(line)
    kind = KINDS.get(line.cell("kind").lower())
    if kind is None and not why:
        why = f"“{line.cell('kind')}” is not a kind we know. Use frontline, manager, leader or programme."
    row.kind = kind or Post.Kind.FRONTLINE
    if why:
        row.goes_wrong(why)
    return row


def _what_is_wrong(line: Line) -> str:
    person = any(
        line.cell(column) for column in ("name", "email", "job title", "line manager email")
    )
    if not line.cell("organisation"):
        return "Say which organisation."
    if person and not line.cell("service"):
        return "Say which service they work in."
    if person and not line.cell("email"):
        return "Give their e-mail address."
    if person and not line.cell("name"):
        return "Give their name."
    if person and not line.cell("job title"):
        return "Give their job title."
    for column, most in LONGEST.items():
        if len(line.cell(column)) > most:
            return f"The {column} is too long: {most} characters at most."
        if column != "email" and line.cell(column)[:1] and line.cell(column)[0] in RUNS_AS_FORMULA:
            return f"The {column} can’t begin with “{line.cell(column)[0]}”."
    for column in ("email", "line manager email"):
        if line.cell(column) and not _is_address(line.cell(column)):
            return f"“{line.cell(column)[:80]}” is not an e-mail address."
    if line.cell("email") and line.cell("email").lower() == line.cell("line manager email").lower():
        return "Nobody is their own line manager."
    return ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _weigh(row: Row, world: World, first_on: dict[str, int]) -> None:
    """What can be said of a line beside what is here and the lines above it."""
    line = row.line
    if line.cell("cohort") and line.cell("cohort").lower() not in world.cohorts:
        return row.goes_wrong(
            f"There is no cohort called “{line.cell('cohort')[:80]}”. Add it first."
        )
    if not row.has_person:
        known = _service(row, world) if line.cell("service") else _organisation(row, world)
        row.verdict, row.words = (HERE, "Already here.") if known else (ADD, _places_words(line))
        return None
    if row.email in first_on:
        return row.goes_wrong(f"The same e-mail address is on line {first_on[row.email]}.")
    first_on[row.email] = line.number
    person = world.people.get(row.email)
    if person is None:
        if row.email in world.taken:
            return row.goes_wrong("That is somebody’s second e-mail address here.")
        row.new_person, row.words = True, f"{line.cell('job title')}, {line.cell('service')}."
    elif not person.is_active:
        row.goes_wrong("That account is closed. An administrator can open it again.")
    elif _has_post(row, person, world) and _is_member(row, person, world):
        row.verdict, row.words = HERE, "Already here."
    elif _has_post(row, person, world):
        row.words = f"Already here, joins {line.cell('cohort')}."
    else:
        row.words = f"Already here, gets a post in {line.cell('service')}."
    return None


def _check_managers(rows: list[Row], world: World) -> None:
    """A line manager is somebody here, or on a line that is right; asked until nothing more falls."""
    fell = True
    while fell:
        fell = False
        coming = {row.email for row in rows if row.verdict != WRONG and row.has_person}
        wrong = {row.email: row.line.number for row in rows if row.verdict == WRONG and row.email}
        for row in rows:
            if row.verdict == WRONG or not row.manager or row.manager in coming:
                continue
            manager = world.people.get(row.manager)
            if manager and manager.is_active:
                continue
            fell = True
            if row.manager in wrong:
                row.goes_wrong(
                    f"Their line manager is on line {wrong[row.manager]}, where something is wrong."
                )
            else:
                row.goes_wrong(
                    f"Their line manager {row.manager} is not here, and on no line of this list."
                )


def _world(rows: list[Row]) -> World:
    emails = {row.email for row in rows} | {row.manager for row in rows}
    people = {person.email: person for person in Person.objects.filter(email__in=emails)}
    pks = [person.pk for person in people.values()]
    taken = EmailAddress.objects.annotate(low=Lower("email")).filter(low__in=emails, verified=True)
    return World(
        organisations={o.name.lower(): o.pk for o in Organisation.objects.all()},
        services={(s.organisation_id, s.name.lower()): s.pk for s in Service.objects.all()},
        places={place.name.lower(): place.pk for place in Place.objects.all()},
        cohorts={cohort.name.lower(): cohort.pk for cohort in Cohort.objects.all()},
        people=people,
        taken=set(taken.values_list("low", flat=True)),
        posts=set(
            Post.objects.current().filter(person__in=pks).values_list("person_id", "service_id")
        ),
        members=set(
            Membership.objects.filter(person__in=pks)
            .exclude(state=Membership.State.WITHDRAWN)
            .values_list("person_id", "cohort_id")
        ),
    )


def _organisation(row: Row, world: World) -> int | None:
    return world.organisations.get(row.line.cell("organisation").lower())


def _service(row: Row, world: World) -> int | None:
    organisation = _organisation(row, world)
    return (
        world.services.get((organisation, row.line.cell("service").lower()))
        if organisation
        else None
    )


def _has_post(row: Row, person: Person, world: World) -> bool:
    return (person.pk, _service(row, world)) in world.posts


def _is_member(row: Row, person: Person, world: World) -> bool:
    cohort: Any = world.cohorts.get(row.line.cell("cohort").lower())
    return not row.line.cell("cohort") or (person.pk, cohort) in world.members


def _places_words(line: Line) -> str:
    return (
        f"{line.cell('service')}, {line.cell('organisation')}."
        if line.cell("service")
        else "An organisation."
    )


def _new_names(plan: Plan) -> dict[str, list[str]]:
    """Organisations, services and places that are not here yet, each once, as first written."""
    organisations: dict[str, str] = {}
    services: dict[tuple[str, str], str] = {}
    places: dict[str, str] = {}
    for row in plan.adding:
        line = row.line
        owner = line.cell("organisation").lower()
        if owner not in plan.world.organisations:
            organisations.setdefault(owner, line.cell("organisation"))
        if line.cell("service") and _service(row, plan.world) is None:
            services.setdefault((owner, line.cell("service").lower()), line.cell("service"))
        if line.cell("place") and line.cell("place").lower() not in plan.world.places:
            places.setdefault(line.cell("place").lower(), line.cell("place"))
    return {
        "organisations": list(organisations.values()),
        "services": list(services.values()),
        "places": list(places.values()),
    }
