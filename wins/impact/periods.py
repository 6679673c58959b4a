"""The periods figures are told for: a calendar year, one of its quarters, or (for totals alone) a month.

Not any two dates a reader likes: from “to the 14th” and “to the 15th” one could take what one person did."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("", *"January February March April May June July August September".split(),
          "October", "November", "December")  # fmt: skip
QUARTERS = ("January to March", "April to June", "July to September", "October to December")
PERIOD = re.compile(r"(20\d\d)(?:-q([1-4])|-(0[1-9]|1[0-2]))?")


def year_of(month: date) -> str:
    return str(month.year)


def quarter_in(month: date) -> str:
    return f"{month.year}-q{(month.month + 2) // 3}"


def month_in(month: date) -> str:
    return f"{month.year}-{month.month:02}"


def is_choosable(period: str) -> bool:
    """A year or a quarter: what a page can be opened for."""
    found = PERIOD.fullmatch(period)
    return bool(found) and not (found and found[3])


def months_of(period: str) -> list[str]:
    """The months in a year or quarter."""
    year, _, quarter = period.partition("-q")
    numbers = range(3 * int(quarter) - 2, 3 * int(quarter) + 1) if quarter else range(1, 13)
    return [f"{year}-{number:02}" for number in numbers]


def period_words(period: str) -> str:
    found = PERIOD.fullmatch(period)
    if not found:
        return period
    year, quarter, month = found.groups()
    if quarter:
        return f"{QUARTERS[int(quarter) - 1]} {year}"
    return f"{MONTHS[int(month)]} {year}" if month else f"the year {year}"


def period_before(period: str) -> str:
    """The year before a year, the quarter before a quarter."""
    year, _, quarter = period.partition("-q")
    if not quarter:
        return str(int(year) - 1)
    return f"{year}-q{int(quarter) - 1}" if quarter != "1" else f"{int(year) - 1}-q4"


def short_words(period: str) -> str:
    """For a column or a list to choose from: “2026”, “January to March 2026”, “Mar”."""
    found = PERIOD.fullmatch(period)
    if found and found[3]:
        return MONTHS[int(found[3])][:3]
    return period if found and not found[2] else period_words(period)


def is_over(period: str, today: date) -> bool:
    return day_after(period) <= today


def last_quarter_over(today: date) -> str:
    return period_before(quarter_in(today))


def day_after(period: str) -> date:
    year, month = (int(part) for part in months_of(period)[-1].split("-"))
    return date(year + month // 12, month % 12 + 1, 1)


def periods(today: date, years: int = 3) -> list[str]:
    """What can be chosen today, the newest first: this quarter and those before it, and the years."""
    found = []
    for year in range(today.year, today.year - years, -1):
        found.append(str(year))
        last = (today.month + 2) // 3 if year == today.year else 4
        found += [f"{year}-q{quarter}" for quarter in range(last, 0, -1)]
    return found
