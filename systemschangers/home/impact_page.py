"""What a page of figures needs besides the figures: pictures, words, ways on, and what is not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cohorts.models import Person, Service
from systemschangers.home.bars import share, spark
from wins.impact.periods import (
    is_over,
    month_in,
    months_of,
    period_before,
    period_words,
    periods,
    short_words,
)
from wins.impact.sections import Figures, Section, Table, figure_words
from wins.impact.sentences import in_words

Group = tuple[str, list[dict[str, str]]]
NOT_SHOWN = "not shown"


def groups_of(heading: str, rows: QuerySet[Any], address: str) -> Group:
    found = rows.order_by("name").values_list("pk", "name")
    return heading, [{"label": name, "url": reverse(address, args=[pk])} for pk, name in found]


def own_places(person: Person, here: str, period: str) -> list[dict[str, Any]]:
    """The pages of where a person belongs, as tabs: mine, my service, my organisation, my cohort,
    everyone. One query."""
    found = [("You", reverse("home:impact_mine"))]
    services = Service.objects.filter(pk__in=person.reach.services[:1])
    for pk, organisation in services.values_list("pk", "organisation"):
        found.append(("Your service", reverse("home:impact_service", args=[pk])))
        found.append(
            ("Your organisation", reverse("home:impact_organisation", args=[organisation]))
        )
    cohorts = person.reach.cohorts or person.reach.run_cohorts
    found += [("Your cohort", reverse("home:impact_cohort", args=[pk])) for pk in cohorts[:1]]
    found.append(("Everyone", reverse("home:impact")))
    return [
        {"label": label, "url": f"{url}?period={period}", "current": url == here}
        for label, url in found
    ]


def page_of(figures: Figures, unit: str, today: date) -> dict[str, Any]:
    """For the template home/impact/page.html."""
    period, own = figures.period, unit == "me"
    so_far = "" if is_over(period, today) else ", so far"
    return {
        "when": f"{period_words(period)}{so_far}",
        "period": period,
        "before": short_words(period_before(period)),
        "choices": [(one, short_words(one)) for one in _choices(period, periods(today, years=3))],
        "said": in_words(figures, own=own),
        "nothing_shown": figures.nothing_shown,
        "chapters": [_chapter(title, sections) for title, sections in figures.chapters],
        "months": _months(figures, today),
        "tables": [
            _parts(section, table)
            for section in figures.sections
            for table in section.tables
            if table.most
        ],
        "stays": [
            (f"{stay.months} months", figure_words(stay.joined), *(bar.words for bar in stay.parts))
            for stay in figures.stays
            if stay.joined is not None
        ],
        "stay_heads": ("After", "Joined", "On the frontline", "Gone", "Not known"),
        "why_not": [] if own else _why_not(figures, unit),
    }


def _choices(period: str, usual: list[str]) -> list[str]:
    return usual if period in usual else [period, *usual]


def _chapter(title: str, sections: tuple[Section, ...]) -> dict[str, Any]:
    shown = [section for section in sections if section.total is not None]
    return {
        "title": title,
        "rows": [
            {
                "label": section.kind.label,
                "words": section.words,
                "before": figure_words(section.before) if section.before else "",
                "spark": spark(section.months) if section.months.most else None,
            }
            for section in shown
            if not section.is_empty
        ],
        "empty": [section.kind.label for section in shown if section.is_empty],
        "held_back": [section.kind.label for section in sections if section.total is None],
    }


def _months(figures: Figures, today: date) -> dict[str, Any]:
    """Month by month, up to the one we are in."""
    keys = [one for one in months_of(figures.period) if one <= month_in(today)]
    return {
        "heads": [short_words(one) for one in keys],
        "rows": [
            (
                section.kind.label,
                [
                    "–" if bar.amount is None else bar.words
                    for bar in section.months.bars[: len(keys)]
                ],
            )
            for section in figures.sections
            if section.total
        ],
    }


def _parts(section: Section, table: Table) -> dict[str, Any]:
    most = table.most_said
    return {
        "title": f"{section.kind.label.partition(':')[0]}: {_small(table.title)}",
        "unit": section.kind.unit,
        "said": f"most: {most.label}, {most.words}" if most else "",
        "rows": [
            (bar.label, NOT_SHOWN if bar.amount is None else bar.words, share(bar.amount, table))
            for bar in table.bars
        ],
    }


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


WHY = {
    "held": "Where a figure is not shown, fewer than five people are behind it, or it would tell of "
    "fewer than five somewhere else. It counts in the larger groups this one belongs to.",
    "parts": "parts or months are left out for that reason. They count in the whole.",
    "no_stay": "Who stayed is told once people joined a cohort half a year ago or more.",
    "stay": "Who stayed is told of groups of five or more who joined so long ago.",
    "employers": "What is written into job descriptions is an employer’s doing: see the pages of "
    "organisations and of everyone.",
    "nameless": "Barriers raised without a name or hidden from where somebody works, voices given "
    "without a worker, and ripples told in a lab are counted for everyone together alone.",
}


def _why_not(figures: Figures, unit: str) -> list[str]:
    """What is not on the page that somebody may look for, each with the reason."""
    told = []
    held = any(one.total is None for one in figures.sections)
    tables = [t for one in figures.sections if one.total for t in (one.months, *one.tables)]
    parts = sum(table.held_back for table in tables)
    if held:
        told.append(WHY["held"])
    if parts:
        told.append(f"{parts} {WHY['parts']}")
    if not figures.stays:
        told.append(WHY["no_stay"])
    elif any(stay.joined is None for stay in figures.stays):
        told.append(WHY["stay"])
    if unit in ("service", "cohort"):
        told.append(WHY["employers"])
    if unit != "everyone":
        told.append(WHY["nameless"])
    return told
