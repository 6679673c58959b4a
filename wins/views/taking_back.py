from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.requests import PersonRequest
from wins.actions import wins as actions
from wins.models import Win
from wins.policy import may_remove


@require_POST
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    win = _visible(request, pk)
    actions.take_back(win=win, by=request.user, at=timezone.now())
    undo = reverse("wins:putting_back", args=[pk])
    messages.success(request, "Taken back. Only you can see it now.", extra_tags=f"undo:{undo}")
    return redirect(win)


@require_POST
def putting_back(request: PersonRequest, pk: int) -> HttpResponse:
    win = _visible(request, pk)
    actions.put_back(win=win, by=request.user, at=timezone.now())
    messages.success(request, "Back on the wall, where it was.")
    return redirect(win)


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once (GET), then delete for good (POST)."""
    win = _visible(request, pk)
    may_remove(request.user, win).require()
    if request.method == "POST":
        actions.remove(win=win, by=request.user, at=timezone.now())
        messages.success(request, "Removed for good.")
        return redirect("wins:mine")
    context = {
        "win": win,
        "has_comments": win.comments.exists(),
        "has_appreciations": win.appreciations.exists(),
    }
    return render(request, "wins/wins/confirm_removal.html", context)


def _visible(request: PersonRequest, pk: int) -> Win:
    return get_object_or_404(Win.objects.visible_to(request.user).defer("search"), pk=pk)
