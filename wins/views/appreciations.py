from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from cohorts.requests import PersonRequest
from wins.actions import appreciations as actions
from wins.models import Appreciation, Win
from wins.policy.appreciations import may_appreciate


@require_http_methods(["GET", "POST"])
def appreciations(request: PersonRequest, pk: int) -> HttpResponse:
    """Who said what, by name (GET); one more, or one taken back (POST)."""
    win = get_object_or_404(
        Win.objects.visible_to(request.user).select_related("author").defer("search"), pk=pk
    )
    if request.method == "POST":
        return _change(request, win)
    said = win.appreciations.select_related("person").order_by("made_at", "id")
    context = {
        "win": win,
        "said": said,
        "mine": {one.kind for one in said if one.person_id == request.user.pk},
        "may": may_appreciate(request.user, win),
        "kinds": Appreciation.Kind,
    }
    return render(request, "wins/appreciations/list.html", context)


def _change(request: PersonRequest, win: Win) -> HttpResponse:
    kind, undo = request.POST.get("kind", ""), request.POST.get("undo", "")
    now = timezone.now()
    if undo in Appreciation.Kind.values:
        actions.undo(win=win, kind=undo, by=request.user, at=now)
    elif kind in Appreciation.Kind.values:
        actions.appreciate(win=win, kind=kind, by=request.user, at=now)
    back = request.POST.get("next", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, None)):
        back = win.get_absolute_url()
    return redirect(f"{back.split('#')[0]}#win-{win.pk}")
