"""What it all came to, in figures: for me, a service, an organisation, a cohort, everyone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Cohort, Organisation, Service
from cohorts.requests import PersonRequest
from systemschangers.home.bars import draw
from systemschangers.home.impact_files import as_csv, as_xlsx
from wins.impact.facts import facts_of
from wins.impact.periods import is_choosable, period_words, periods
from wins.impact.sections import Amounts, Section, added_up, sections
from wins.models import ImpactCount, ImpactFigure

Groups = list[tuple[str, list[dict[str, str]]]]
STALE = timedelta(minutes=5)


@require_safe
def everyone(request: PersonRequest) -> HttpResponse:
    parts: Groups = [
        (
            "Organisations",
            [
                {"label": name, "url": reverse("home:impact_organisation", args=[pk])}
                for pk, name in Organisation.objects.values_list("pk", "name")
            ],
        ),
        (
            "Cohorts",
            [
                {"label": name, "url": reverse("home:impact_cohort", args=[pk])}
                for pk, name in Cohort.objects.values_list("pk", "name")
            ],
        ),
    ]
    return _page(request, "everyone", 0, "Everyone here", parts)


@require_safe
def organisation(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    services = [
        {"label": name, "url": reverse("home:impact_service", args=[key])}
        for key, name in found.services.values_list("pk", "name")
    ]
    return _page(request, "organisation", pk, found.name, [("Its services", services)])


@require_safe
def service(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Service.objects.select_related("organisation"), pk=pk)
    within = {
        "label": found.organisation.name,
        "url": reverse("home:impact_organisation", args=[found.organisation_id]),
    }
    return _page(request, "service", pk, found.name, [("Part of", [within])])


@require_safe
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Cohort, pk=pk)
    return _page(request, "cohort", pk, found.name, [])


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """My own figures, private wins too: worked out at once, from my rows alone, for me alone."""
    amounts = added_up(list(facts_of(request.user)))
    return _answer(request, "You", amounts, {"own": True, "parts": []})


def _page(
    request: PersonRequest, unit: str, unit_id: int, whom: str, parts: Groups
) -> HttpResponse:
    period = _period(request)
    rows = ImpactFigure.objects.filter(unit=unit, unit_id=unit_id, period__startswith=period[:4])
    amounts: Amounts = {
        (when, measure, split, value): amount
        for when, measure, split, value, amount in rows.values_list(
            "period", "measure", "split", "value", "amount"
        )
    }
    counted = ImpactCount.objects.filter(pk=1).first()
    late = counted is None or timezone.now() - counted.looked_at > STALE
    return _answer(
        request, whom, amounts, {"own": False, "counted": counted, "late": late, "parts": parts}
    )


def _answer(
    request: PersonRequest, whom: str, amounts: Amounts, context: dict[str, Any]
) -> HttpResponse:
    period = _period(request)
    laid_out = sections(amounts, period)
    wanted = request.GET.get("as", "")
    if wanted in ("csv", "xlsx"):
        return (as_csv if wanted == "csv" else as_xlsx)(whom, period, laid_out)
    context |= {
        "whom": whom,
        "when": period_words(period),
        "period": period,
        "sections": [_drawn(section) for section in laid_out],
        "hidden": all(section.total is None or not section.total for section in laid_out)
        and any(section.total is None for section in laid_out),
        "tabs": [
            {
                "label": one if "-" not in one else f"{one[:4]}, quarter {one[-1]}",
                "url": f"?period={one}",
                "current": one == period,
            }
            for one in periods(timezone.localdate(), years=2)
        ],
    }
    return render(request, "home/impact/page.html", context)


def _drawn(section: Section) -> dict[str, Any]:
    tables = [
        {
            "table": table,
            "drawing": draw(table),
            "rows": [(bar.label, bar.words) for bar in table.bars],
        }
        for table in section.tables
    ]
    return {"section": section, "tables": tables}


def _period(request: PersonRequest) -> str:
    """What the address asks for, or this year."""
    asked = request.GET.get("period", "")
    return asked if is_choosable(asked) else str(timezone.localdate().year)
