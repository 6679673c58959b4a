"""The ledger of protected time, worked out from the requests and agreements themselves.

For each worker and month (by the local day a slot begins):

- agreed: hours a month of the agreement that stood in that month, the latest when there were two;
- asked: all that was asked for, but for what was withdrawn;
- approved: what was approved, whatever came of it, but for what was withdrawn;
- taken, and lost to cover: as the worker said afterwards.

Figures only: no purpose, no note, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cohorts.clock_words import in_hours
from cohorts.models import ManagerAgreement, Person, TimeRequest

State = TimeRequest.State
MONTHS = 12


@dataclass(frozen=True)
class Line:
    """One worker in one month, in hours."""

    person: int
    month: date
    agreed: Decimal = Decimal()
    asked: Decimal = Decimal()
    approved: Decimal = Decimal()
    taken: Decimal = Decimal()
    lost: Decimal = Decimal()

    @property
    def is_empty(self) -> bool:
        return not (self.agreed or self.asked)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def months_up_to(month: date, count: int = MONTHS) -> list[date]:
    """`count` months, the newest first."""
    months = [month]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months


def of_worker(person: Person, months: list[date]) -> list[Line]:
    """A line for each month, in the order given. Two queries."""
    lines = _lines([person.pk], min(months), max(months))
    return [lines.get((person.pk, month), Line(person.pk, month)) for month in months]


def of_team(people: list[Person], month: date) -> list[Line]:
    """A line for each of `people`, in their order, for one month. Two queries."""
    lines = _lines([person.pk for person in people], month, month)
    return [lines.get((person.pk, month), Line(person.pk, month)) for person in people]


def _lines(people: list[int], first: date, last: date) -> dict[tuple[int, date], Line]:
    sums = _sums(people, first, last)
    agreed = _agreed(people, first, last)
    return {
        (person, month): Line(
            person,
            month,
            agreed=Decimal(agreed.get((person, month), 0)),
            **sums.get((person, month), {}),
        )
        for person, month in {*sums, *agreed}
    }


def _sums(people: list[int], first: date, last: date) -> dict[tuple[int, date], dict[str, Any]]:
    length = F("ends_at") - F("starts_at")
    rows = (
        TimeRequest.objects.filter(
            worker__in=people, starts_at__gte=_begin(first), starts_at__lt=_begin(month_after(last))
        )
        .annotate(month=TruncMonth("starts_at"))
        .values("worker", "month")
        .annotate(
            asked=Sum(length, filter=~Q(state=State.WITHDRAWN)),
            approved=Sum(length, filter=Q(state__in=[State.APPROVED, State.TAKEN, State.LOST])),
            taken=Sum(length, filter=Q(state=State.TAKEN)),
            lost=Sum(length, filter=Q(state=State.LOST)),
        )
        .order_by()
    )
    return {
        (row["worker"], timezone.localdate(row["month"])): {
            name: in_hours(row[name]) for name in ("asked", "approved", "taken", "lost")
        }
        for row in rows
    }


def _agreed(people: list[int], first: date, last: date) -> dict[tuple[int, date], int]:
    """An agreement counts for every month that it stood in for a day."""
    stood = ManagerAgreement.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=_begin(first)),
        worker__in=people,
        agreed_at__lt=_begin(month_after(last)),
    ).order_by("agreed_at", "pk")
    found = {}
    for worker, hours, since, until in stood.values_list(
        "worker", "hours_a_month", "agreed_at", "ended_at"
    ):
        month = max(first, timezone.localdate(since).replace(day=1))
        end = min(last, timezone.localdate(until).replace(day=1)) if until else last
        while month <= end:
            found[worker, month] = hours
            month = month_after(month)
    return found


def _begin(month: date) -> datetime:
    return timezone.make_aware(datetime.combine(month, time()))
