"""What is counted: who did how much of what, in which month, for which service and cohort.

Of wins only those that were shared: a private win counts on its author's own page and nowhere else. A win
counts for the service and cohort it was logged in; everything else for where the person is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cohorts.models import Membership, Person, Post
from wins.models import Win

from .sources import sources


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
    yield from _others(Places(), Q(), own=False)


def facts_of(person: Person) -> Iterator[Fact]:
    """What this person did, private wins too: for their own eyes."""
    yield from _wins(Win.objects.logged().filter(author=person))
    yield from _others(Places(), Q(whose=person.pk), own=True)


def _wins(wins: QuerySet[Win]) -> Iterator[Fact]:
    counted = wins.order_by().annotate(month=TruncMonth("logged_at"))
    row: Any
    by = ("author_id", "service_id", "cohort_id", "month")
    for row in counted.values_list(*by, "lens", "depth", "condition").annotate(many=Count("*")):
        *who, lens, depth, condition, many = row
        place = _place(who)
        yield Fact("wins", *place, Decimal(many))
        yield Fact("wins", *place, Decimal(many), "lens", lens)
        yield Fact("wins", *place, Decimal(many), "depth", depth)
        yield Fact("wins", *place, Decimal(many), "condition", str(condition or ""))
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


def _others(places: Places, only: Q, *, own: bool) -> Iterator[Fact]:
    for measure, rows in sources(only, own=own):
        for row in rows:
            service, cohort = places.service.get(row.who, 0), places.cohort.get(row.who, 0)
            where = (service, cohort, _month(row.day))
            yield Fact(measure, row.who, *where, row.amount)
            for split, value in row.parts.items():
                yield Fact(measure, row.who, *where, row.amount, split, value)
