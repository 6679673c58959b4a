"""What is counted: who did how much of what, in which month, for which service and cohort.

Of wins only those that were shared: a private win counts on its author's own page and nowhere else. Of
barriers, anonymous ones and those hidden from an organisation count for everyone together alone, as of
one person, so that the organisation's figures can't give them away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cohorts.models import (
    Borrowing,
    Commitment,
    LeaderRequest,
    ManagerAgreement,
    Membership,
    Person,
    Post,
    TimeRequest,
)
from cohorts.models.peer_places import PeerPlace
from labs.models import Barrier
from wins.models import Measure, Win

UNKNOWN = -1  # stands for whoever raised something without a name: one, however many there were


@dataclass(frozen=True)
class Fact:
    """`split` and `value` say of which part it is; both empty for the whole."""

    measure: str
    person: int
    service: int
    cohort: int
    month: date
    amount: Decimal
    split: str = ""
    value: str = ""


@dataclass(frozen=True)
class Kind:
    """A measure: its words, what it is counted in, and into what it is split."""

    key: str
    label: str
    unit: str
    splits: tuple[str, ...] = ()


KINDS = (
    Kind("wins", "Small wins shared", "wins", ("lens", "depth", "theme")),
    Kind("measures", "Measures begun", "measures"),
    Kind("barriers_raised", "Barriers raised", "barriers"),
    Kind("barriers_fixed", "Barriers fixed", "barriers"),
    Kind("leader_requests", "Requests that reached a leader", "requests", ("answered",)),
    Kind("commitments", "Promises by leaders that fell due", "promises", ("kept",)),
    Kind("hours_agreed", "Hours agreed", "hours"),
    Kind("hours_taken", "Hours taken", "hours"),
    Kind("hours_lost", "Hours lost to cover", "hours"),
    Kind("peer_meetings", "Times somebody met a peer", "times"),
    Kind("borrowings", "Practices taken up from others", "practices"),
)
KIND = {kind.key: kind for kind in KINDS}
LABELS: dict[str, dict[str, str]] = {
    "lens": {**dict(Win.Lens.choices), "": "not said"},
    "depth": {**dict(Win.Depth.choices), "": "not said"},
    "answered": {"yes": "answered by the leader", "no": "not answered yet"},
    "kept": dict(Commitment.State.choices),
}
SPLIT_WORDS = {
    "lens": "Where they changed something",
    "depth": "How deep they went",
    "theme": "On which themes",
    "answered": "Was there an answer?",
    "kept": "What became of the promises",
}
# A win may be on several themes: these parts overlap.
OVERLAPPING = ("theme",)


class Places:
    """Where each person belongs now: their service, and the cohort they take or took part in."""

    def __init__(self) -> None:
        posts = Post.objects.order_by("ended", "started", "pk").values_list(
            "person_id", "service_id"
        )
        self.service: dict[int, int] = {}
        for person, service in posts.filter(ended__isnull=False):
            self.service[person] = service
        for person, service in posts.filter(ended=None).order_by("-started", "-pk"):
            self.service[person] = service
        active = Membership.objects.filter(state__in=["active", "paused", "alumni"])
        self.cohort = dict(active.order_by("-state_at", "pk").values_list("person_id", "cohort_id"))


def all_facts() -> Iterator[Fact]:
    """Everything that counts on pages that others read."""
    yield from _wins(Win.objects.logged().exclude(visibility=Win.Visibility.ONLY_ME))
    yield from _others(Places(), Q())


def facts_of(person: Person) -> Iterator[Fact]:
    """What this person did, private wins too: for their own eyes."""
    yield from _wins(Win.objects.logged().filter(author=person))
    yield from _others(Places(), Q(who=person.pk))


def _wins(wins: QuerySet[Win]) -> Iterator[Fact]:
    counted = wins.order_by().annotate(month=TruncMonth("logged_at"))
    row: Any
    by = ("author_id", "service_id", "cohort_id", "month")
    for row in counted.values_list(*by, "lens", "depth").annotate(many=Count("*")):
        *who, lens, depth, many = row
        place = _place(who)
        yield Fact("wins", *place, Decimal(many))
        yield Fact("wins", *place, Decimal(many), "lens", lens)
        yield Fact("wins", *place, Decimal(many), "depth", depth)
    on_theme = counted.filter(themes__isnull=False)
    for row in on_theme.values_list(*by, "themes").annotate(many=Count("*")):
        *who, theme, many = row
        yield Fact("wins", *_place(who), Decimal(many), "theme", str(theme))


def _place(who: list[Any]) -> tuple[int, int, int, date]:
    author, service, cohort, month = who
    return author, service or 0, cohort or 0, _month(month)


def _month(moment: Any) -> date:
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return day.replace(day=1)


def _others(places: Places, only: Q) -> Iterator[Fact]:
    for measure, split, rows in _sources(only):
        for who, month, value, amount in rows:
            service, cohort = places.service.get(who, 0), places.cohort.get(who, 0)
            when = (service, cohort, _month(month))
            yield Fact(measure, who, *when, amount)
            if split:
                yield Fact(measure, who, *when, amount, split, value)


Rows = Iterator[tuple[int, Any, str, Decimal]]


def _sources(only: Q) -> Iterator[tuple[str, str, Rows]]:
    time = TimeRequest.objects.annotate(who=F("worker_id")).filter(only)
    yield "hours_taken", "", _hours(time.filter(state=TimeRequest.State.TAKEN))
    yield "hours_lost", "", _hours(time.filter(state=TimeRequest.State.LOST))
    yield "hours_agreed", "", _agreed(only)
    barriers = Barrier.objects.standing().annotate(who=F("raised_by_id")).filter(only)
    yield "barriers_raised", "", _barriers(barriers, "shown_on")
    fixed = barriers.filter(state=Barrier.State.FIXED, changed_on__isnull=False)
    yield "barriers_fixed", "", _barriers(fixed, "changed_on")
    asked = LeaderRequest.objects.filter(reached_leader_at__isnull=False)
    yield "leader_requests", "answered", _requests(asked.annotate(who=F("worker_id")).filter(only))
    promised = Commitment.objects.filter(due_on__lte=timezone.localdate())
    promised = promised.annotate(who=F("request__worker_id")).filter(only)
    yield "commitments", "kept", _plain(promised.values_list("who", "due_on", "state"))
    met = PeerPlace.objects.of_those_who_met()
    yield (
        "peer_meetings",
        "",
        _bare(
            met.annotate(who=F("person_id")).filter(only).values_list("who", "meeting__meets_at")
        ),
    )
    taken_up = Borrowing.objects.exclude(state=Borrowing.State.WE_DO)
    yield (
        "borrowings",
        "",
        _bare(taken_up.annotate(who=F("person_id")).filter(only).values_list("who", "since")),
    )
    begun = Measure.objects.filter(win__state="logged").annotate(who=F("win__author_id"))
    if not only:  # on one's own page private wins count as well
        begun = begun.exclude(win__visibility="only_me")
    yield "measures", "", _bare(begun.filter(only).values_list("who", "made_at"))


def _bare(rows: Any) -> Rows:
    return ((who, month, "", Decimal(1)) for who, month in rows.order_by())


def _plain(rows: Any) -> Rows:
    return ((who, month, value, Decimal(1)) for who, month, value in rows.order_by())


def _hours(rows: Any) -> Rows:
    length = F("ends_at") - F("starts_at")
    found = rows.order_by().annotate(month=TruncMonth("starts_at")).values_list("who", "month")
    for who, month, time in found.annotate(time=Sum(length)):
        yield who, month, "", round(Decimal(time.total_seconds()) / 3600, 2)


def _agreed(only: Q) -> Rows:
    """The hours of each agreement in every month that it stood in, as on the ledger."""
    stood = ManagerAgreement.objects.filter(agreed_at__isnull=False).annotate(who=F("worker_id"))
    newest: dict[tuple[int, date], int] = {}
    this_month = _month(timezone.localdate())
    rows = stood.filter(only).order_by("agreed_at", "pk")
    for who, hours, agreed_at, ended_at in rows.values_list(
        "who", "hours_a_month", "agreed_at", "ended_at"
    ):
        month, last = _month(agreed_at), _month(ended_at) if ended_at else this_month
        while month <= last:
            newest[who, month] = hours
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return ((who, month, "", Decimal(hours)) for (who, month), hours in newest.items())


def _barriers(rows: QuerySet[Barrier], day: str) -> Rows:
    for who, on, way in rows.order_by().values_list("who", day, "way"):
        yield who if who and way == Barrier.Way.NAMED else UNKNOWN, on, "", Decimal(1)


def _requests(rows: Any) -> Rows:
    waiting = {LeaderRequest.State.AWAITING_LEADER, LeaderRequest.State.WITHDRAWN}
    found = rows.order_by().values_list("who", "reached_leader_at", "state")
    return ((who, at, "no" if state in waiting else "yes", Decimal(1)) for who, at, state in found)
