"""Deals the stories: which is told next, who could tell it, and that nobody hears it twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from .ground import Team
from .somebody import Somebody
from .telling import Base, Teller, bases, read
from .told import Told

KINDS = ("frontline", "manager", "leader")
USUALLY = ("frontline", "manager")
TEAM_RESTS = timedelta(days=130)
ANA = "ana@example.org"
ANAS_PRIVATE_WINS = (13, 20)


class Dealer:
    """Holds the deck, longest untold on top, and what was told. All chance comes from `rng`."""

    def __init__(self, rng: Random, here: list[Somebody]) -> None:
        self.rng = rng
        self.here = here
        self.cards = rng.sample(bases(), len(bases()))
        self.told: list[Told] = []
        self.heard: set[str] = set()
        self.told_by: Counter[str] = Counter()
        self.last_in_team: dict[tuple[str, str], date] = {}
        self.tellers_of: set[tuple[str, str]] = set()
        self.talkative = {person.email: rng.uniform(0.6, 1.8) for person in here}
        self.talkative[ANA] = 2.2
        words = read("short")
        self.short = rng.sample(words["short"], len(words["short"]))
        self.tried = rng.sample(words["tried"], len(words["tried"]))
        self.private = read("private")["private"]

    def at_work(
        self, at: datetime, kinds: Collection[str] = USUALLY
    ) -> list[tuple[Somebody, Team]]:
        """Who was here in such a post that day, and in which team."""
        day = timezone.localdate(at)
        jobs = [(person, person.job_on(day)) for person in self.here if person.joined <= day]
        return [(person, job.team) for person, job in jobs if job and job.kind in kinds]

    def pick(self, authors: list[tuple[Somebody, Team]]) -> tuple[Somebody, Team]:
        """Managers write less often than workers; who has told much gives way."""
        weights = [
            self.talkative[person.email]
            * (0.3 if person.jobs[0].kind == "manager" else 1)
            / (4 + self.told_by[person.email])
            for person, _ in authors
        ]
        return self.rng.choices(authors, weights)[0]

    def keep(self, telling: Told) -> Told:
        self.heard.add(telling.happened)
        self.told_by[telling.author.email] += 1
        self.told.append(telling)
        return telling

    def story(self, at: datetime, by: str = "") -> Told:
        """A story long untold that fits the season and that somebody here (`by`) could tell, anew."""
        day = timezone.localdate(at)
        at_work = {kind: self.at_work(at, (kind,)) for kind in KINDS}
        for base in tuple(self.cards):
            if day.month not in base.months:
                continue
            authors = [
                (person, team)
                for kind in base.kinds
                for person, team in at_work[kind]
                if (not by or person.email == by)
                and ("*" in base.told_by or team.tells & base.told_by)
                and (person.email, base.key) not in self.tellers_of
                and day - self.last_in_team.get((team.name, base.key), date.min) > TEAM_RESTS
            ]
            if not authors:
                continue
            author, team = self.pick(authors)
            teller = self.new_telling(base, day, team)
            self.cards.remove(base)
            if teller is not None:
                self.cards.append(base)
                self.last_in_team[team.name, base.key] = day
                self.tellers_of.add((author.email, base.key))
                telling = self.plain(author, team, at, teller.first)
                return self.keep(self.whole(base, teller, telling))
        raise RuntimeError("The stories have all been told: write more, or ask for fewer wins.")

    def new_telling(self, base: Base, day: date, team: Team) -> Teller | None:
        """A teller whose first words nobody has heard; None once the story has no more tellings."""
        for _ in range(12):
            teller = Teller(self.rng, day, team.place or "Eastmere")
            teller.first = teller.tell(base.happened)
            if teller.first not in self.heard:
                return teller
        return None

    def plain(self, author: Somebody, team: Team, at: datetime, words: str) -> Told:
        return Told(author, team, author.cohort_on(timezone.localdate(at)), at, words)

    def whole(self, base: Base, teller: Teller, telling: Told) -> Told:
        """The parts people filled in: mostly all, sometimes only the first."""
        chance = self.rng.random
        if chance() < 0.84:
            telling.hard = teller.tell(base.hard) if chance() < 0.93 else ""
            telling.changed = teller.tell(base.changed) if chance() < 0.9 else ""
            telling.lens, telling.depth = base.lens, base.depth
            telling.condition = base.condition
        telling.themes, telling.picture = base.themes, base.picture
        if chance() < 0.7:
            ago = self.rng.choice((0, 0, 0, 1, 1, 2, 4))
            telling.on = timezone.localdate(telling.made) - timedelta(days=ago)
        turn = chance()
        if turn < 0.13:
            telling.visibility = "service"
        elif turn < 0.24 and telling.cohort:
            telling.visibility = "cohort"
        return telling

    def short_one(self, at: datetime) -> Told:
        """One or two lines, as most people write most days."""
        author, team = self.pick(self.at_work(at))
        teller = Teller(self.rng, timezone.localdate(at), team.place or "Eastmere")
        telling = self.plain(author, team, at, teller.tell(self.short.pop()))
        if self.rng.random() < 0.5:
            telling.themes = (self.rng.choice(("Working together", "Trust and relationships")),)
        return self.keep(telling)

    def private_one(self, at: datetime, number: int) -> Told:
        authors = self.at_work(at)
        if number in ANAS_PRIVATE_WINS:
            authors = [pair for pair in authors if pair[0].email == ANA]
        telling = self.plain(*self.pick(authors), at, self.private[number % len(self.private)])
        telling.visibility = "only_me"
        return self.keep(telling)

    def tried_one(self, at: datetime) -> Told | None:
        """Somebody of another service tried what they had read here, and tells how it went."""
        day = timezone.localdate(at)
        author, team = self.pick(self.at_work(at))
        read_before = [
            telling
            for telling in self.told[-200:]
            if telling.depth in ("agreed", "flex")
            and telling.visibility == "everyone"
            and telling.team is not team
            and telling.came_of is None
            and telling.open_to(author, day)
        ]
        if not read_before:
            return None
        origin = self.rng.choice(read_before)
        teller = Teller(self.rng, day, team.place or "Eastmere")
        telling = self.plain(author, team, at, teller.tell(self.tried.pop()))
        telling.came_of, telling.themes = origin, origin.themes
        telling.lens, telling.depth, telling.condition = "organisation", "flex", 1
        return self.keep(telling)
