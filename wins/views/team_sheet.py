from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.requests import PersonRequest
from wins.forms.team_sheet import TeamSheetForm
from wins.models import Win

LONGEST = 60


@require_safe
def team_sheet(request: PersonRequest) -> HttpResponse:
    """A month of a service's wins on paper, for the team meeting: what everybody there may read."""
    form = TeamSheetForm(request.GET, person=request.user)
    if not form.is_valid():
        return render(request, "wins/team_sheet/sheet.html", {"form": form, "wins": []})
    service, first = form.chosen(timezone.localdate())
    after = (first + timedelta(days=32)).replace(day=1)
    wins = list(_wins(service, first, after)) if service else []
    context = {
        "form": form,
        "service": service,
        "month": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": after if after <= timezone.localdate() else None,
        "wins": wins[:LONGEST],
        "more": len(wins) > LONGEST,
    }
    return render(request, "wins/team_sheet/sheet.html", context)


def _wins(service, first: date, after: date):
    """Only what the whole team sees: a sheet on the table shows no win narrower than the service."""
    return (
        Win.objects.logged()
        .filter(
            service=service,
            visibility__in=[Win.Visibility.SERVICE, Win.Visibility.EVERYONE],
            logged_at__date__gte=first,
            logged_at__date__lt=after,
        )
        .select_related("author")
        .prefetch_related("themes", "helpers__person")
        .defer("search")
        .order_by("logged_at", "id")[: LONGEST + 1]
    )
