from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Cohort
from cohorts.policy.memberships import may_watch_over
from cohorts.requests import PersonRequest
from systemschangers.home.cohort_health import NEEDS_ATTENTION, health_of

SIZE = 25


@require_safe
def cohort_health(request: PersonRequest, pk: int) -> HttpResponse:
    """Who needs attention, most first. All are weighed at once, so that the order is one; a page is
    shown, the next begins after the last one read (a place's number)."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    may_watch_over(request.user, cohort).require()
    everyone = health_of([cohort.pk], timezone.now())
    numbers = [row.membership for row in everyone]
    after = request.GET.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    start = numbers.index(last) + 1 if last in numbers else 0
    rows = everyone[start : start + SIZE]
    context = {
        "cohort": cohort,
        "rows": rows,
        "after": rows[-1].membership if everyone[start + SIZE :] else "",
        "is_first": start == 0,
        "all": len(everyone),
        "need": sum(1 for row in everyone if row.score >= NEEDS_ATTENTION),
    }
    return render(request, "home/cohort_health/list.html", context)
