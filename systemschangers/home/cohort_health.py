"""How the people of a cohort are doing: who needs attention first, and why, in words.

Of a win only that it was shared, and when; of a learning call only the day. Nothing private counts:
somebody who writes for herself alone looks as quiet as somebody who doesn't write."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cohorts.membership_standing import PILLS, TONES
from cohorts.models import Attendance, Cohort, ManagerAgreement, Membership
from systemschangers.home.cohort_facts import Ticks, attendance, facts

State = Membership.State
QUIET = timedelta(weeks=6)
SETTLED = timedelta(weeks=4)  # before that nobody has to have logged a win
WEEK = timedelta(weeks=1)
UNANSWERED = timedelta(weeks=2)
REQUEST_WAITS = timedelta(days=10)
LONG_PAUSE = timedelta(weeks=8)
NEEDS_ATTENTION = 2
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass
class Health:
    """One member: the facts, and why they need attention. `score` only orders; it is never shown."""

    membership: int
    person: int
    name: str
    cohort: int
    state: str
    since: datetime
    agreement: str = ""
    came: int = 0
    sessions: int = 0
    last_win: date | None = None
    open_requests: int = 0
    last_call: date | None = None
    reasons: list[tuple[int, str]] = field(default_factory=list)

    @property
    def score(self) -> int:
        return sum(weight for weight, _ in self.reasons)

    @property
    def why(self) -> str:
        """“No win for six weeks; agreement waits since 3 November.” The gravest first."""
        said = "; ".join(words for _, words in sorted(self.reasons, key=lambda one: -one[0]))
        return f"{said[:1].upper()}{said[1:]}." if said else ""

    @property
    def pill(self) -> str:
        return PILLS[self.state]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")


def health_of(cohorts: Collection[int], now: datetime) -> list[Health]:
    """Every participant who is in, or on the way: who needs attention most on top. Three queries,
    however many there are."""
    attended = attendance(cohorts, now)
    rows = [_weighed(row, attended, now) for row in facts(cohorts)]
    return sorted(rows, key=lambda row: (-row.score, row.since, row.name, row.membership))


def stuck(person: Any, now: datetime, most: int) -> list[Health]:
    """Who needs attention in the cohorts `person` runs; for programme staff who run none, in all
    that have not ended."""
    reach = person.reach
    cohorts: Collection[int] = reach.run_cohorts
    if not cohorts and reach.is_programme_staff:
        today = timezone.localdate(now)
        running = Cohort.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today))
        cohorts = list(running.values_list("pk", flat=True))
    if not cohorts:
        return []
    found = [row for row in health_of(cohorts, now) if row.person != person.pk]
    return [row for row in found if row.score >= NEEDS_ATTENTION][:most]


def _weighed(row: dict[str, Any], attended: dict[tuple[int, int], Ticks], now: datetime) -> Health:
    ticks = attended.get((row["cohort_id"], row["person_id"]), [])
    asked = [told for told in (row["time"], row["meetings"]) if told]
    health = Health(
        membership=row["id"],
        person=row["person_id"],
        name=row["name"],
        cohort=row["cohort_id"],
        state=row["state"],
        since=row["state_at"],
        agreement=_agreement_words(row),
        came=sum(1 for state, _ in ticks if state == Attendance.State.CAME),
        sessions=len(ticks),
        last_win=timezone.localdate(row["last_win"]) if row["last_win"] else None,
        open_requests=sum(told["open"] for told in asked),
        last_call=row["last_call"],
    )
    health.reasons = _on_the_way(row, now)
    if row["state"] == State.ACTIVE:
        health.reasons += _taking_part(health, row, ticks, asked, now)
    return health


def _agreement_words(row: dict[str, Any]) -> str:
    if row["review_on"]:
        return f"until {_day(row['review_on'])}"
    if row["table"]:
        talk = row["table"]["state"] == ManagerAgreement.State.TALK
        return "needs talking through" if talk else "waits for the manager"
    return "none"


def _on_the_way(row: dict[str, Any], now: datetime) -> list[tuple[int, str]]:
    state, since, table = row["state"], row["state_at"], row["table"]
    waited = now - since
    if state == State.APPLIED:
        return [(3 if waited >= WEEK else 1, f"application waits since {_day(since)}")]
    if state == State.INVITED and waited >= UNANSWERED:
        return [(2, f"asked on {_day(since)}, no answer yet")]
    if state == State.PAUSED and waited >= LONG_PAUSE:
        return [(1, f"paused since {_day(since)}")]
    if state != State.AWAITING_MANAGER:
        return []
    if table:
        at: Any = parse_datetime(table["at"])
        talk = table["state"] == ManagerAgreement.State.TALK
        words = "agreement needs talking through since" if talk else "agreement waits since"
        return [(3 if talk or now - at >= WEEK else 1, f"{words} {_day(at)}")]
    if not row["has_manager"]:
        return [(4, "no line manager is set, so nobody can agree")]
    return [(3 if waited >= WEEK else 1, f"no agreement proposed since {_day(since)}")]


def _taking_part(
    health: Health,
    row: dict[str, Any],
    ticks: Ticks,
    asked: list[dict[str, Any]],
    now: datetime,
) -> list[tuple[int, str]]:
    today = timezone.localdate(now)
    began = max(timezone.localdate(row["joined_at"]), row["starts"])
    found = []
    sign = _last_sign(health, ticks, asked, began)
    if today - sign >= QUIET:
        found.append((4, f"nothing heard for {_weeks(today - sign)}"))
    elif health.last_win and today - health.last_win >= QUIET:
        found.append((2, f"no win for {_weeks(today - health.last_win)}"))
    elif health.last_win is None and today - began >= SETTLED:
        found.append((2, f"no win yet, {_weeks(today - began)} in"))
    missed = [state == Attendance.State.MISSED for state, _ in ticks[:2]]
    if missed == [True, True]:
        found.append((3, "not there at the last two sessions"))
    elif missed[:1] == [True]:
        found.append((1, "not there at the last session"))
    waits = [parse_datetime(told["since"]) for told in asked if told["since"]]
    oldest = min(waits, default=None)  # type: ignore[type-var]
    if oldest and now - oldest >= REQUEST_WAITS:
        found.append((2, f"a request waits since {_day(oldest)}"))
    if health.last_call and today - health.last_call >= QUIET:
        found.append((1, f"no learning call since {_day(health.last_call)}"))
    elif health.last_call is None and today - began >= QUIET:
        found.append((1, "no learning call yet"))
    if row["review_on"] and row["review_on"] < today:
        found.append((1, f"agreement was to be looked at by {_day(row['review_on'])}"))
    return found


def _last_sign(
    health: Health,
    ticks: Ticks,
    asked: list[dict[str, Any]],
    began: date,
) -> date:
    """The last day something of theirs was shared with others here, or they were in the room."""
    signs = [began, health.last_win, health.last_call]
    there = {Attendance.State.CAME, Attendance.State.SENT_WORD}
    signs += [timezone.localdate(at) for state, at in ticks if state in there]
    made: list[Any] = [parse_datetime(told["last"]) for told in asked]
    signs += [timezone.localdate(at) for at in made]
    return max(day for day in signs if day)


def _weeks(length: timedelta) -> str:
    weeks = length.days // 7
    number = NUMBERS[weeks] if weeks < len(NUMBERS) else str(weeks)
    return f"{number} week{'' if weeks == 1 else 's'}"


def _day(value: date | datetime) -> str:
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B}"
