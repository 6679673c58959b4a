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
from systemschangers.home.impact_files import as_csv, as_xlsx
from systemschangers.home.impact_page import groups_of, own_places, page_of
from wins.impact.facts import facts_of
from wins.impact.periods import is_choosable
from wins.impact.sections import Amounts, added_up, laid_out, periods_read
from wins.models import ImpactCount, ImpactFigure

STALE = timedelta(minutes=5)


@require_safe
def everyone(request: PersonRequest) -> HttpResponse:
    parts = [
        groups_of("Organisations", Organisation.objects.all(), "home:impact_organisation"),
        groups_of("Cohorts", Cohort.objects.all(), "home:impact_cohort"),
    ]
    return _page(request, "everyone", 0, "Everyone here", parts)


@require_safe
def organisation(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    parts = [groups_of("Its services", found.services.all(), "home:impact_service")]
    return _page(request, "organisation", pk, found.name, parts)


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
    stayed = {
        "label": "Who stayed, month by month, and why",
        "url": reverse("cohorts:stay", args=[pk]),
    }
    return _page(request, "cohort", pk, found.name, [("More of this cohort", [stayed])])


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """My own figures, private wins too: worked out at once, from my rows alone, for me alone."""
    amounts = added_up(list(facts_of(request.user)))
    return _answer(request, "me", "You", amounts, {"own": True, "parts": []})


def _page(
    request: PersonRequest, unit: str, unit_id: int, whom: str, parts: list[Any]
) -> HttpResponse:
    rows = ImpactFigure.objects.filter(
        unit=unit, unit_id=unit_id, period__in=periods_read(_period(request))
    )
    amounts: Amounts = {
        (when, measure, split, value): amount
        for when, measure, split, value, amount in rows.values_list(
            "period", "measure", "split", "value", "amount"
        )
    }
    counted = ImpactCount.objects.filter(pk=1).first()
    late = counted is None or timezone.now() - counted.looked_at > STALE
    context = {"own": False, "counted": counted, "late": late, "parts": parts}
    return _answer(request, unit, whom, amounts, context)


def _answer(
    request: PersonRequest, unit: str, whom: str, amounts: Amounts, context: dict[str, Any]
) -> HttpResponse:
    employers = unit in ("organisation", "everyone")
    figures = laid_out(amounts, _period(request), employers=employers)
    wanted = request.GET.get("as", "")
    if wanted in ("csv", "xlsx"):
        return (as_csv if wanted == "csv" else as_xlsx)(whom, figures)
    context |= page_of(figures, unit, timezone.localdate()) | {
        "whom": whom,
        "places": own_places(request.user, request.path, figures.period),
    }
    return render(request, "home/impact/page.html", context)


def _period(request: PersonRequest) -> str:
    """What the address asks for, or this year."""
    asked = request.GET.get("period", "")
    return asked if is_choosable(asked) else str(timezone.localdate().year)
