"""A small win of the plan, before it is a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from .ground import Team
from .somebody import Somebody


@dataclass(eq=False)
class Told:
    """`made` is when it was written and, unless it is a draft, logged."""

    author: Somebody
    team: Team
    cohort: str | None
    made: datetime
    happened: str
    hard: str = ""
    changed: str = ""
    lens: str = ""
    depth: str = ""
    condition: int | None = None
    themes: tuple[str, ...] = ()
    visibility: str = "everyone"
    state: str = "logged"
    on: date | None = None
    helpers: list[Somebody] = field(default_factory=list)
    other_help: str = ""
    came_of: Told | None = None
    picture: str = ""
    touched: datetime | None = None

    def open_to(self, person: Somebody, day: date) -> bool:
        """Whether somebody other than its author could have read it that day."""
        if self.state != "logged" or person is self.author or person.closed or person.joined > day:
            return False
        if self.visibility == "service":
            job = person.job_on(day)
            return job is not None and job.team is self.team
        if self.visibility == "cohort":
            return self.cohort is not None and person.cohort_on(day) == self.cohort
        return self.visibility == "everyone"

    def touch(self, at: datetime) -> None:
        self.touched = max(self.touched or self.made, at)
