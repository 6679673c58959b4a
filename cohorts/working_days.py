"""Working days in England: Monday to Friday, but for bank holidays (from the `holidays` package)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

DELAYED_AFTER = 5
LONG_OVERDUE_AFTER = 10


@lru_cache(maxsize=16)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_before(day: date, count: int) -> date:
    """The day on which something must have begun to wait to have waited `count` working days by `day`."""
    while count > 0:
        if is_working_day(day):
            count -= 1
        day -= timedelta(days=1)
    return day


def waited(since: datetime, now: datetime) -> int:
    """Working days that have begun since the day of `since`, up to and with the day of `now`."""
    day, last = timezone.localdate(since), timezone.localdate(now)
    count = 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def is_delayed(since: datetime, now: datetime) -> bool:
    return waited(since, now) >= DELAYED_AFTER


def is_long_overdue(since: datetime, now: datetime) -> bool:
    return waited(since, now) >= LONG_OVERDUE_AFTER
