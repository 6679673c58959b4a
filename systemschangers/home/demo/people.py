"""Who is here, in which post, under whom, since when, and in which cohort. Plans, not rows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .cast import CAST
from .ground import (
    COHORTS,
    HEARTHWAY,
    HOSTEL,
    OPENLATCH,
    ORGANISATIONS,
    OUTREACH,
    PROBATION,
    PROGRAMME,
    STEPWATER,
    TEAM,
    TEAMS,
    TRUST,
    Team,
)
from .telling import read

LEADERS_ARE = {
    TRUST: "Director of community services",
    OPENLATCH: "Chief executive",
    PROBATION: "Head of the probation unit",
    STEPWATER: "Service director",
    HEARTHWAY: "Director",
}
STORY_TEAMS = tuple(team for team in TEAMS if team.tells)
SMALL = ("Wendy Asante", "Amira Farouk", "Linh Tran", "Ben Ashworth")


@dataclass
class Job:
    team: Team
    title: str
    kind: str
    manager: str | None
    started: date
    ended: date | None = None
    went_to: str = ""


@dataclass
class Seat:
    """A place in a cohort."""

    cohort: str
    role: str
    state: str
    joined: date


@dataclass
class Somebody:
    name: str
    email: str
    joined: date
    about: str = ""
    jobs: list[Job] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    administrator: bool = False
    closed: bool = False

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    def job_on(self, day: date) -> Job | None:
        held = [
            job for job in self.jobs if job.started <= day and not (job.ended and job.ended <= day)
        ]
        return held[0] if held else None

    def cohort_on(self, day: date) -> str | None:
        """The cohort they took part in then, whether or not it has ended since."""
        seats = [s for s in self.seats if s.state in ("active", "alumni") and s.joined <= day]
        for seat in seats:
            ends = cohort_days(day)[seat.cohort][1] if seat.state == "alumni" else None
            if ends is None or day <= ends:
                return seat.cohort
        return None


def months_before(today: date, months: int) -> date:
    return today - timedelta(days=round(months * 30.4))


def cohort_days(today: date) -> dict[str, tuple[date, date | None]]:
    return {
        name: (months_before(today, began), None if over is None else months_before(today, over))
        for name, _, began, over, _ in COHORTS
    }


def address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain.replace("'", "").replace(" ", ".") + "@example.org"


def people(rng: Random, today: date, size: str) -> list[Somebody]:
    """The cast first, then managers, leaders, programme staff, workers, and those who have gone."""
    words = read("people")
    year_ago = months_before(today, 13)
    managers_of = dict(
        zip(
            [team.name for team in STORY_TEAMS if team.name != OUTREACH],
            words["managers"],
            strict=True,
        )
    ) | {OUTREACH: "Mo Rahman"}
    leader_of = dict(zip(LEADERS_ARE, words["leaders"], strict=True)) | {
        ORGANISATIONS[0]: "Lee Whitaker"
    }
    here: list[Somebody] = []

    def add(
        name: str, team: Team, title: str, kind: str, manager: str | None, joined: date
    ) -> Somebody:
        started = joined - timedelta(days=rng.randint(60, 2600))
        person = Somebody(
            name, address(name), joined, jobs=[Job(team, title, kind, manager, started)]
        )
        here.append(person)
        return person

    for player in CAST:
        person = Somebody(
            player.name, player.email, year_ago, player.about, administrator=player.administrator
        )
        if player.team:
            started = year_ago - timedelta(days=rng.randint(300, 1500))
            person.jobs.append(
                Job(TEAM[player.team], player.title, player.kind, player.manager, started)
            )
        here.append(person)
    for team_name, name in managers_of.items():
        if name != "Mo Rahman":
            team = TEAM[team_name]
            leader = leader_of[team.organisation]
            add(
                name,
                team,
                team.manager,
                "manager",
                leader,
                year_ago + timedelta(days=rng.randint(0, 60)),
            )
    for organisation, title in LEADERS_ARE.items():
        team = next(team for team in TEAMS if team.organisation == organisation)
        add(
            leader_of[organisation],
            team,
            title,
            "leader",
            None,
            year_ago + timedelta(days=rng.randint(0, 90)),
        )
    for name, title in zip(words["programme"], TEAM[PROGRAMME].jobs, strict=True):
        add(name, TEAM[PROGRAMME], title, "programme", "Cas Mendes", year_ago)
    for number, name in enumerate(words["workers"]):
        team = STORY_TEAMS[number % len(STORY_TEAMS)]
        title = team.jobs[number // len(STORY_TEAMS) % len(team.jobs)]
        waited = 0 if number < len(STORY_TEAMS) else rng.randint(0, 330)
        add(
            name,
            team,
            title,
            "frontline",
            managers_of[team.name],
            year_ago + timedelta(days=waited),
        )
    for number, (name, went_to) in enumerate(words["gone"]):
        team = STORY_TEAMS[number * 5]
        person = add(name, team, team.jobs[0], "frontline", managers_of[team.name], year_ago)
        person.closed = True
        person.jobs[0].ended = today - timedelta(days=rng.randint(40, 150))
        person.jobs[0].went_to = went_to
    if size == "small":
        here = _only_a_few(here)
    _give_pasts(rng, here)
    _say_about(rng, here, words["about"])
    _seat(rng, here, today)
    return here


def _only_a_few(here: list[Somebody]) -> list[Somebody]:
    """The cast and those beside them, enough for every journey."""
    few = [p for p in here if p.name in SMALL or p.name in {player.name for player in CAST}]
    names = {person.name for person in few}
    for person in few:
        for job in person.jobs:
            job.manager = job.manager if job.manager in names else None
    for name, team in (("Amira Farouk", OUTREACH), ("Linh Tran", HOSTEL)):
        job = next(p for p in few if p.name == name).jobs[0]
        job.team, job.title = TEAM[team], TEAM[team].jobs[1]
        job.manager = "Mo Rahman" if team == OUTREACH else "Wendy Asante"
    return few


def _give_pasts(rng: Random, here: list[Somebody]) -> None:
    """Some had another post before: workers on another frontline, some managers on the frontline."""
    settled = [
        p for p in here if p.jobs and not p.closed and p.jobs[0].kind in ("frontline", "manager")
    ]
    for person in rng.sample(settled, len(settled) // 5):
        now = person.jobs[0]
        earlier = rng.choice([team for team in STORY_TEAMS if team is not now.team])
        ended = now.started - timedelta(days=rng.randint(1, 40))
        went_to = (
            "influencing"
            if now.kind == "manager"
            else (
                "same" if earlier.organisation == now.team.organisation else "frontline_elsewhere"
            )
        )
        person.jobs.append(
            Job(earlier, earlier.jobs[0], "frontline", None,
                ended - timedelta(days=rng.randint(200, 1800)), ended, went_to)
        )  # fmt: skip


def _say_about(rng: Random, here: list[Somebody], about: list[str]) -> None:
    silent = [person for person in here if not person.about and person.jobs and not person.closed]
    for person, words in zip(rng.sample(silent, min(len(silent), len(about))), about, strict=False):
        person.about = words


def _seat(rng: Random, here: list[Somebody], today: date) -> None:
    """Workers take part in one cohort each; some are on their way in, paused or out."""
    by_name = {person.name: person for person in here}
    days = cohort_days(today)
    first, second, third = days
    takes_part = [
        p for p in here if p.jobs and p.jobs[0].kind == "frontline" and not p.closed
        and p.name not in ("Ana Okafor", "Zed Kowalski")
    ]  # fmt: skip
    rng.shuffle(takes_part)
    share = len(takes_part) // 4
    seats = [("Ana Okafor", second, "active"), ("Zed Kowalski", second, "active")]
    for number, person in enumerate(takes_part[: share * 3]):
        cohort = (second, third, first)[number % 3]
        state = "alumni" if cohort == first else "active"
        seats.append((person.name, cohort, state))
    on_their_way = takes_part[share * 3 :][:9]
    states = (
        "invited", "awaiting_manager", "applied", "paused", "withdrawn",
        "awaiting_manager", "applied", "withdrawn", "invited",
    )  # fmt: skip
    seats += [(p.name, third, state) for p, state in zip(on_their_way, states, strict=False)]
    for name, cohort, state in seats:
        joined = max(days[cohort][0], by_name[name].joined)
        by_name[name].seats.append(Seat(cohort, "participant", state, joined))
    for cohort, _, _, over, facilitator in COHORTS:
        if facilitator in by_name:
            state = "alumni" if over is not None else "active"
            by_name[facilitator].seats.append(Seat(cohort, "facilitator", state, days[cohort][0]))
    for name, cohort in (("Maggie Thornhill", second), ("Priya Nair", third)):
        if name in by_name:
            by_name[name].seats.append(Seat(cohort, "learning_partner", "active", days[cohort][0]))
