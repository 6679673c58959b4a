from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wins import wall as reading


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    scope = request.GET.get("scope", "")
    if scope == reading.MINE:
        return HttpResponseRedirect(reverse("wins:mine"))
    if scope not in reading.SCOPES:
        scope = reading.EVERYONE
    shown = reading.read(request.GET, person=request.user, scope=scope, now=timezone.now())
    return render(request, "wins/wins/list.html", {"wall": shown})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own: what nobody else sees yet comes before what is logged."""
    shown = reading.read(request.GET, person=request.user, scope=reading.MINE, now=timezone.now())
    unshared = reading.unshared(request.user) if shown.is_plain else []
    return render(request, "wins/wins/mine.html", {"wall": shown, "unshared": unshared})
