from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.models import LeaderRequest
from cohorts.policy.leader_requests import may_carry_on
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import threads_of, tie, untie
from wins.models import Win

MOST = 30


@require_http_methods(["GET", "POST"])
def carrying(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of my small wins a request to meet a leader takes along. Shown to whoever may see both."""
    person: Any = request.user
    it = get_object_or_404(LeaderRequest.objects.visible_to(person).for_list(), pk=pk)
    may_carry_on(person, it).require()
    own = Win.objects.visible_to(person).filter(author=person, state=Win.State.LOGGED)
    if request.method == "POST":
        name = "take" if "take" in request.POST else "leave"
        number = request.POST.get(name, "")
        win = get_object_or_404(own, pk=int(number) if number.isdecimal() else 0)
        if name == "take":
            tie(it, Thread.Kind.CARRIES, win, by=person, at=timezone.now())
        else:
            untie(it, Thread.Kind.CARRIES, win)
        return redirect("home:carrying", pk)
    carried = [tied.thing for tied in threads_of(it, person) if tied.from_here]
    others = own.exclude(pk__in=[win.pk for win in carried]).order_by("-logged_at", "-id")[:MOST]
    context = {"it": it, "carried": carried, "others": others}
    return render(request, "home/carrying.html", context)
