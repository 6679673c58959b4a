"""What a request for time comes to, beside what was agreed: for whoever asks, and whoever decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from cohorts.clock_words import hours_in_words, in_hours
from cohorts.models import TimeRequest


@dataclass(frozen=True)
class Asked:
    """One slot, or those of a series that wait together. `beyond` is a sentence, or empty."""

    slots: list[TimeRequest]
    hours: Decimal
    beyond: str
    also_away: list[str]
    passed: bool

    @classmethod
    def of(cls, slots: list[TimeRequest], now: datetime) -> Asked:
        """`slots` come `with_hours()`, earliest first."""
        return cls(
            slots=slots,
            hours=sum((slot.hours for slot in slots), Decimal()),
            beyond=_beyond(slots),
            also_away=sorted({name for slot in slots for name in slot.also_away}),  # type: ignore[attr-defined]
            passed=slots[0].starts_at <= now,
        )

    @property
    def hours_words(self) -> str:
        return hours_in_words(self.hours)

    @property
    def last(self) -> TimeRequest:
        return self.slots[-1]


def month_of(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def _beyond(slots: list[TimeRequest]) -> str:
    """How far it goes beyond the agreed hours, in the month where it goes furthest."""
    agreed = slots[0].agreed_hours  # type: ignore[attr-defined]
    if agreed is None:
        return "No hours are agreed yet"
    months: dict[date, Decimal] = defaultdict(Decimal)
    kept: dict[date, Decimal] = {}
    for slot in slots:
        month = month_of(slot.starts_at)
        months[month] += slot.hours
        kept[month] = in_hours(slot.month_kept)  # type: ignore[attr-defined]
    over = {month: min(kept[month] + hours - agreed, hours) for month, hours in months.items()}
    month, most = max(over.items(), key=lambda item: (item[1], -item[0].toordinal()))
    if most <= 0:
        return ""
    return f"{hours_in_words(most)} beyond the {agreed} you agreed for {month:%B}"
