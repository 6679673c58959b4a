"""Who stayed on the frontline: figures everyone here may read, of groups of five or more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.check_in_words import words_to_show
from cohorts.models import Cohort
from cohorts.stay_drawing import draw, in_words
from cohorts.stay_rates import stay_of, stays_of, who_joined
from systemschangers.kernel.pagination import page_by_key


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every cohort, those begun last first, with how many are known to have stayed a year."""
    today = timezone.localdate()
    page: Any = page_by_key(Cohort.objects.all(), request.GET.get("page", ""), key=("starts", "id"))
    stays = stays_of(page.rows, today)
    rows = [{"cohort": cohort, "said": in_words(stays[cohort.pk].rates[1])} for cohort in page.rows]
    return render(request, "cohorts/stay_rates/list.html", {"page": page, "rows": rows})


@require_safe
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort, pk=pk)
    today = timezone.localdate()
    found = stay_of(who_joined().filter(cohort=cohort), today)
    context = {
        "cohort": cohort,
        "told": found.told,
        "said": [in_words(rate) for rate in found.rates],
        "rows": [
            (f"{rate.months} months", rate.joined, rate.stayed, rate.gone, rate.unknown)
            for rate in found.rates
            if rate.told
        ],
        "heads": ("After", "Joined", "Stayed", "Gone", "Not known"),
        "curve": draw(found),
        "curve_heads": ("After", "Still followed", "Left then", "Stay"),
        "words": words_to_show(cohort),
    }
    return render(request, "cohorts/stay_rates/detail.html", context)
