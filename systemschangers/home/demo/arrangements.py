"""Who decides for whom while they are away, and who has been asked to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from .ground import COHORTS, HOSTEL, OUTREACH, TEAM, Team
from .somebody import Somebody


@dataclass(eq=False)
class Deputy:
    person: Somebody
    deputy: Somebody
    starts: date
    ends: date
    called_off: datetime | None = None


@dataclass(eq=False)
class Asked:
    """An invitation; `accepted` names the person who came of it."""

    name: str
    email: str
    team: Team
    cohort: str | None
    by: Somebody
    made: datetime
    called_off: datetime | None = None
    accepted: Somebody | None = None


def deputies(rng: Random, here: list[Somebody], now: datetime) -> list[Deputy]:
    """Dee stands in for Mo today; others did, will, or needn’t after all."""
    today = now.date()
    by_name = {person.name: person for person in here}
    mo, dee = by_name["Mo Rahman"], by_name["Dee Hughes"]
    found = [
        Deputy(mo, dee, today - timedelta(days=2), today + timedelta(days=12)),
        Deputy(mo, dee, today - timedelta(days=120), today - timedelta(days=107)),
        Deputy(
            mo, dee, today + timedelta(days=40), today + timedelta(days=47), now - timedelta(days=3)
        ),
    ]
    managers = [
        p for p in here
        if p.jobs and p.jobs[0].kind == "manager" and not p.closed and p not in (mo, dee)
    ]  # fmt: skip
    for number, manager in enumerate(managers[:3]):
        others = [p for p in managers if p is not manager] or [dee]
        starts = today + timedelta(days=(-40, 5, 21)[number])
        found.append(Deputy(manager, rng.choice(others), starts, starts + timedelta(days=9)))
    return found


def invitations(rng: Random, here: list[Somebody], now: datetime, size: str) -> list[Asked]:
    """Open, run out, called off and accepted."""
    by_name = {person.name: person for person in here}
    cas, mo = by_name["Cas Mendes"], by_name["Mo Rahman"]
    cohort = COHORTS[2][0]
    outreach, hostel = TEAM[OUTREACH], TEAM[HOSTEL]

    def ago(days: int) -> datetime:
        return now - timedelta(days=days, minutes=rng.randint(0, 300))

    found = [
        Asked("Bryony Adair", "bryony.adair@example.org", outreach, None, mo, ago(3)),
        Asked("Faisal Omar", "faisal.omar@example.org", hostel, cohort, cas, ago(9)),
        Asked("Greta Holm", "greta.holm@example.org", outreach, cohort, cas, ago(48)),
        Asked("Neil Stroud", "neil.stroud@example.org", hostel, cohort, cas, ago(20), ago(18)),
    ]
    newest = sorted((p for p in here if p.jobs and not p.closed), key=lambda p: (p.joined, p.name))
    for person in newest[-1 if size == "small" else -3 :]:
        made = datetime.combine(person.joined, datetime.min.time(), tzinfo=now.tzinfo) - timedelta(
            days=2
        )
        team = person.jobs[0].team
        found.append(Asked(person.name, person.email, team, None, cas, made, accepted=person))
    return found
