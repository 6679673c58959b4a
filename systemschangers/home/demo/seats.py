"""Who has a place in which cohort, and who of them has left the frontline since."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .ground import COHORTS, TEAM
from .somebody import Job, Seat, Somebody, cohort_days, months_before
from .telling import read


def take_seats(rng: Random, here: list[Somebody], today: date) -> None:
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
        seats.append((person.name, cohort, "active"))
    on_their_way = takes_part[share * 3 :][:9]
    states = (
        "invited", "awaiting_manager", "applied", "paused", "withdrawn",
        "awaiting_manager", "applied", "withdrawn", "invited",
    )  # fmt: skip
    seats += [(p.name, third, state) for p, state in zip(on_their_way, states, strict=False)]
    for name, cohort, state in seats:
        _sit(by_name[name], cohort, "participant", state, days)
    for cohort, *_, facilitator in COHORTS:
        if facilitator in by_name:
            _sit(by_name[facilitator], cohort, "facilitator", "active", days)
    for name, cohort in (("Maggie Thornhill", second), ("Priya Nair", third)):
        if name in by_name:
            _sit(by_name[name], cohort, "learning_partner", "active", days)
    _leave_the_frontline(by_name, days, today)


def _sit(
    person: Somebody, cohort: str, role: str, state: str, days: dict[str, tuple[date, date | None]]
) -> None:
    """A cohort that has ended has alumni; those who took part in it were here from its first day."""
    began, until = days[cohort]
    if until is not None and role == "participant":
        person.began_earlier(min(person.joined, began))
    joined = max(began, person.joined) if role == "participant" else began
    over = until is not None and state == "active"
    person.seats.append(Seat(cohort, role, "alumni" if over else state, joined, until))


def _leave_the_frontline(
    by_name: dict[str, Somebody], days: dict[str, tuple[date, date | None]], today: date
) -> None:
    """Those who have gone from here were in a cohort, and withdrew if it was still going. Some who are
    here took part as workers, and manage or teach by now."""
    words, cohorts = read("people"), list(days)
    for gone in words["gone"]:
        if person := by_name.get(gone["name"]):
            ended = months_before(today, gone["months_ago"])
            cohort = cohorts[gone["cohort"]]
            over = days[cohort][1]
            state = "active" if over is not None and over < ended else "withdrawn"
            _sit(person, cohort, "participant", state, days)
            person.jobs[0].ended = ended
    for risen in words["risen"]:
        if person := by_name.get(risen["name"]):
            now, ended = person.jobs[0], months_before(today, risen["months_ago"])
            _sit(person, cohorts[0], "participant", "active", days)
            team = TEAM[risen["team"]]
            then = Job(team, risen["title"], "frontline", None,
                       person.joined - timedelta(days=900), ended, "influencing")  # fmt: skip
            now.started = ended + timedelta(days=4)
            person.jobs = [now, then]
