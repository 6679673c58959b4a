"""Somebody of the demo: jobs held, places in cohorts, and what follows for any day. Plans, not rows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from .ground import COHORTS, Team


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
    until: date | None = None


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
        for seat in self.seats:
            took_part = seat.state in ("active", "alumni") and seat.joined <= day
            if took_part and (seat.until is None or day <= seat.until):
                return seat.cohort
        return None

    def began_earlier(self, joined: date) -> None:
        """Here since `joined`, and in every job as much earlier too."""
        earlier = self.joined - joined
        for job in self.jobs:
            job.started -= earlier
            job.ended = job.ended and job.ended - earlier
        self.joined = joined


def months_before(today: date, months: float) -> date:
    return today - timedelta(days=round(months * 30.4))


def cohort_days(today: date) -> dict[str, tuple[date, date | None]]:
    return {
        name: (months_before(today, began), None if over is None else months_before(today, over))
        for name, _, began, over, _ in COHORTS
    }


def address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain.replace("'", "").replace(" ", ".") + "@example.org"
