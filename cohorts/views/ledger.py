from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts import ledger as figures
from cohorts.hours import month_of
from cohorts.line_managers import team_of

from .paging import page_by_name

HEADS = ("Agreed", "Asked", "Approved", "Taken", "Lost")
EARLIEST = date(2000, 1, 1)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """One's own hours, month by month: twelve on a page."""
    person: Any = request.user
    newest = _month(request)
    months = figures.months_up_to(newest)
    lines = figures.of_worker(person, months)
    context = {
        "heads": ["Month", *HEADS],
        "rows": [[f"{line.month:%b %Y}", *_cells(line)] for line in _without_empty_end(lines)],
        "latest": lines[0],
        "this_month": newest == month_of(timezone.now()),
        "older": f"?month={figures.month_before(months[-1]):%Y-%m}",
        "empty": all(line.is_empty for line in lines),
    }
    return render(request, "cohorts/ledger/own.html", context)


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """The hours of one's team, one month: figures only, by name."""
    person: Any = request.user
    month = _month(request)
    page = page_by_name(team_of(person, timezone.localdate()), request)
    lines = figures.of_team(page.rows, month)
    context = {
        "heads": ["Name", *HEADS],
        "rows": [[who.name, *_cells(line)] for who, line in zip(page.rows, lines, strict=True)],
        "page": page,
        "month": month,
        "before": f"{figures.month_before(month):%Y-%m}",
        "after": f"{figures.month_after(month):%Y-%m}",
    }
    return render(request, "cohorts/ledger/team.html", context)


def _month(request: HttpRequest) -> date:
    """The month asked for as 2026-11; this one when it is none we know."""
    this = month_of(timezone.now())
    year, _, month = request.GET.get("month", "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return this
    if not (EARLIEST.year < int(year[:5]) <= this.year + 1 and 1 <= int(month[:3]) <= 12):
        return this
    return date(int(year[:5]), int(month[:3]), 1)


def _without_empty_end(lines: list[figures.Line]) -> list[figures.Line]:
    """Months before anything was agreed or asked for say nothing; the newest is always shown."""
    kept = list(lines)
    while len(kept) > 1 and kept[-1].is_empty:
        kept.pop()
    return kept


def _cells(line: figures.Line) -> list[str]:
    cells = (line.agreed, line.asked, line.approved, line.taken, line.lost)
    return [f"{hours:.2f}".rstrip("0").rstrip(".") for hours in cells]
