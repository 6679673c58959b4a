from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.requests import PersonRequest
from wins import seen_by
from wins.actions import wins as actions
from wins.looking_over import look_over
from wins.models import Win
from wins.policy import may_log


@require_http_methods(["GET", "POST"])
def logging(request: PersonRequest, pk: int) -> HttpResponse:
    """Look a draft over before others see it, then log it. What may show who somebody is, is pointed
    out once for each version and never stands in the way."""
    win = get_object_or_404(Win.objects.visible_to(request.user).for_detail(), pk=pk)
    may_log(request.user, win).require()
    if request.method == "GET" and win.state != Win.State.DRAFT:
        return redirect(win)
    shared = win.visibility != Win.Visibility.ONLY_ME
    pointed = look_over(win, request.user) if shared else []
    looked_at = request.POST.get("checked") == str(win.version)
    chosen = seen_by.current(seen_by.choices(request.user, win), win)
    if request.method == "POST" and (looked_at or not pointed):
        try:
            actions.log_draft(win=win, version=win.version, by=request.user, at=timezone.now())
        except actions.EditedMeanwhile:
            return redirect("wins:logging", pk)
        messages.success(request, f"Logged. Seen by {chosen.who if chosen else 'only you'}.")
        return redirect(win)
    if request.method == "POST":
        return redirect("wins:logging", pk)
    context = {"win": win, "pointed": pointed, "chosen": chosen}
    return render(request, "wins/wins/confirm_logging.html", context)
