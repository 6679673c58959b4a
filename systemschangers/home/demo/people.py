"""Who is here, in which post, under whom, since when, and in which cohort. Plans, not rows."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .cast import CAST
from .ground import (
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
from .seats import take_seats
from .somebody import Job, Somebody, address, months_before
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
    for number, gone in enumerate(words["gone"]):
        team = STORY_TEAMS[number * 5 % len(STORY_TEAMS)]
        manager = managers_of[team.name]
        person = add(gone["name"], team, team.jobs[0], "frontline", manager, year_ago)
        person.closed = True
        person.jobs[0].went_to = gone["went_to"]
    if size == "small":
        here = _only_a_few(here)
    _give_pasts(rng, here)
    _say_about(rng, here, words["about"])
    take_seats(rng, here, today)
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
