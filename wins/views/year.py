from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.requests import PersonRequest
from wins.year_view import year_of, years_of


@require_safe
def year(request: PersonRequest) -> HttpResponse:
    """One's own year, for nobody else's eyes: this one, or an earlier one by `?year=`."""
    this_year = timezone.localdate().year
    asked = request.GET.get("year", str(this_year))
    if not (asked.isascii() and asked.isdigit() and 2000 <= int(asked[:9]) <= this_year):
        raise Http404
    years = years_of(request.user)
    context = {
        "year": year_of(request.user, int(asked)),
        "others": [one for one in years if one != int(asked)],
    }
    return render(request, "wins/wins/year.html", context)
