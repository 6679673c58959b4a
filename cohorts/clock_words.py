"""Hours and slots in words, by the reader's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone


def in_hours(length: timedelta | None) -> Decimal:
    """To the quarter; none is none."""
    return Decimal(round((length or timedelta()).total_seconds() / 900)) / 4


def hours_in_words(hours: Decimal | int) -> str:
    """“1 hour”, “2.5 hours”."""
    number = f"{hours:.2f}".rstrip("0").rstrip(".")
    return f"{number} hour" if number == "1" else f"{number} hours"


def slot_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """“Tue 24 Nov, 2pm to 4:30pm”."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{first:%a} {first.day} {first:%b}, {_clock(first)} to {_clock(last)}"


def _clock(moment: datetime) -> str:
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment:%M}{half}" if moment.minute else f"{hour}{half}"
