"""People who are open to meet, and match rounds in whatever state a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cohorts.actions import match_rounds as actions
from cohorts.actions import meeting_wishes
from cohorts.models import (
    Cohort,
    DoNotPair,
    MatchRound,
    Organisation,
    Person,
    Place,
    Post,
    Service,
    Theme,
)

from .memberships import make_members

QUESTION = "What happens on the day somebody moves in?"


def open_up(
    person: Person,
    at: datetime,
    *,
    can_show: str = "",
    wants_to_see: str = "",
    themes: Iterable[Theme] = (),
) -> Person:
    """They said that people may ask to meet them. Returns them as they are then."""
    given = {"can_show": can_show, "wants_to_see": wants_to_see, "themes": themes}
    return meeting_wishes.answer(open_to_meet=True, **given, by=person, at=at)


def make_round(by: Person, at: datetime, state: str = "draft", **fields) -> MatchRound:
    """For the one cohort there is, unless told otherwise; taken there through its actions."""
    if "whom" not in fields:
        fields |= {"whom": "cohort", "cohort": fields.get("cohort") or Cohort.objects.first()}
    given = {"name": "November", "question": QUESTION, "size": 2} | fields
    made = actions.make(**given, by=by, at=at)
    if state in ("previewed", "sent"):
        made = actions.preview(round=made, by=by, at=at)
    if state == "sent":
        made = actions.send(round=made, by=by, at=at)
    if state == "called_off":
        made = actions.call_off(round=made, by=by, at=at)
    return made


def make_cohort_of(many: int, services: int = 7, *, name: str = "Northby two") -> Cohort:
    """A cohort of so many workers in so many services, three services to an organisation."""
    place = Place.objects.get_or_create(name="Eastmere")[0]
    cohort = Cohort.objects.create(name=name, place=place, starts=date(2025, 9, 1))
    teams = []
    for number in range(services):
        employer = Organisation.objects.get_or_create(name=f"Employer {number // 3 + 1}")[0]
        teams.append(
            Service.objects.create(
                organisation=employer, name=f"{name}: team {number + 1}", place=place
            )
        )
    people = Person.objects.bulk_create(
        Person(
            name=f"Worker {number + 1:02}",
            email=f"{cohort.pk}.{number + 1}@example.org",
            password="!",
        )
        for number in range(many)
    )
    Post.objects.bulk_create(
        Post(
            person=person,
            service=teams[number % services],
            title="Worker",
            started=date(2024, 1, 8),
        )
        for number, person in enumerate(people)
    )
    make_members(cohort, people)
    return cohort


def add_matching(world, now: datetime) -> dict[str, int]:
    """For the scene: Zed is open to meet; Ana keeps somebody off her matches; a round of Cas's in each
    state. Primary keys by name."""
    open_up(world.zed, now, can_show="How we hold a bed.", themes=world.themes[:1])
    apart = DoNotPair.objects.create(person=world.ana, other=world.lee, made_at=now)
    sent = make_round(world.cas, now, "sent", name="October")
    previewed = make_round(world.cas, now, "previewed")
    return {
        "apart": apart.pk,
        "round_draft": make_round(world.cas, now, name="December").pk,
        "round_previewed": previewed.pk,
        "round_sent": sent.pk,
        "place_to_change": previewed.places.get(person=world.ana).pk,
        "match_place": sent.places.get(person=world.ana).pk,
    }
