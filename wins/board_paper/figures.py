"""The figures of a paper: what the impact pages show of the board’s organisation and of everyone, each with
what it is out of. What those hold back is held back here too (kernel.small_groups): nothing is added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from cohorts.models import Organisation, Post
from wins.impact.figures import PEOPLE
from wins.impact.sections import figure_words
from wins.impact.staying import MEASURE, period_of
from wins.models import ImpactCount, ImpactFigure

NOT_SHOWN = "not shown"
A_YEAR = period_of(12)
# Measure, split, value.
What = tuple[str, str, str]
Amounts = Mapping[What, Decimal | None]


@dataclass(frozen=True)
class Line:
    """A figure, in words, and what it is out of; by itself, it is told by about how many people it is."""

    label: str
    part: What
    of: What | None = None
    not_known: What | None = None


def _all(measure: str) -> What:
    return (measure, "", "")


LINES = (
    Line("Small wins shared", _all("wins")),
    Line("Ripples told: what small things led to", _all("ripples")),
    Line("Outcomes: somebody works differently now", _all("outcomes")),
    Line(
        "Hours taken to stand back and meet, of those agreed",
        _all("hours_taken"),
        _all("hours_agreed"),
    ),
    Line("Hours lost to cover, of those agreed", _all("hours_lost"), _all("hours_agreed")),
    Line(
        "Requests that a leader answered, of those that reached one",
        ("leader_requests", "answered", "yes"),
        _all("leader_requests"),
    ),
    Line(
        "Promises by leaders that were kept, of those that fell due",
        ("commitments", "kept", "kept"),
        _all("commitments"),
    ),
    Line(
        "Voices answered, and the answer told back, of those sent on",
        ("voices", "voice", "told_back"),
        _all("voices"),
    ),
    Line("Barriers raised", _all("barriers_raised")),
    Line("Barriers fixed, as whoever raised them says", _all("barriers_fixed")),
    Line("Times somebody met a worker of another service", _all("peer_meetings")),
    Line("Practices taken up from others", _all("borrowings")),
    Line(
        "On the frontline a year after joining a cohort, of all who joined by then",
        (MEASURE, MEASURE, "stayed"),
        _all(MEASURE),
        not_known=(MEASURE, MEASURE, "unknown"),
    ),
)


def figures_for(organisation: Organisation, period: str) -> dict[str, Any]:
    """Lines of words for the organisation and for everyone, and how many workers they are among."""
    rows = ImpactFigure.objects.filter(
        Q(unit="organisation", unit_id=organisation.pk) | Q(unit="everyone", unit_id=0),
        period__in=[period, A_YEAR],
    )
    amounts: dict[str, dict[What, Decimal | None]] = {"organisation": {}, "everyone": {}}
    for unit, measure, split, value, amount in rows.values_list(
        "unit", "measure", "split", "value", "amount"
    ):
        amounts[unit][measure, split, value] = amount
    here = Count("person", filter=Q(service__organisation=organisation), distinct=True)
    frontline = Post.objects.current().filter(kind=Post.Kind.FRONTLINE, person__is_active=True)
    workers = frontline.order_by().aggregate(here=here, everyone=Count("person", distinct=True))
    counted = ImpactCount.objects.filter(pk=1).values_list("counted_at", flat=True).first()
    return {
        "counted": timezone.localdate(counted).isoformat() if counted else "",
        "workers": [workers["here"], workers["everyone"]],
        "rows": [
            [line.label, _words(line, amounts["organisation"]), _words(line, amounts["everyone"])]
            for line in LINES
        ],
    }


def _words(line: Line, amounts: Amounts) -> str:
    part = _amount(line.part, amounts)
    if line.of is None:
        many = amounts.get((line.part[0], PEOPLE, ""))
        return f"{part}, by about {figure_words(many)} people" if many and part != "0" else part
    whole = _amount(line.of, amounts)
    if whole == "0":
        return "none"
    if whole == NOT_SHOWN:
        return part if part == NOT_SHOWN else f"{part} (of how many: {NOT_SHOWN})"
    if part == NOT_SHOWN:
        return f"{part}, of {whole}"
    unknown = amounts.get(line.not_known) if line.not_known else None
    return f"{part} of {whole}" + (f"; {figure_words(unknown)} not known" if unknown else "")


def _amount(what: What, amounts: Amounts) -> str:
    """Held back where it is, and where its whole is; none where nobody did any of it."""
    amount = amounts.get(what, Decimal())
    if amounts.get(_all(what[0]), Decimal()) is None:
        amount = None
    return NOT_SHOWN if amount is None else figure_words(amount)
