from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import threads_of
from wins import search
from wins.actions import links as actions
from wins.forms.links import LinkForm
from wins.models import Win
from wins.policy import may_link


@require_http_methods(["GET", "POST"])
def links(request: PersonRequest, pk: int) -> HttpResponse:
    """What a win came of: what is said already, and one more: of one's own, or found by its words."""
    win = get_object_or_404(Win.objects.visible_to(request.user).defer("search"), pk=pk)
    may_link(request.user, win).require()
    if request.method == "POST" and "undo" in request.POST:
        return _unlink(request, win)
    words = search.tidy(request.GET.get("q", ""))
    form = open_form(LinkForm, request, person=request.user, win=win, words=words)
    if form.is_bound and form.is_valid():
        other = get_object_or_404(
            Win.objects.visible_to(request.user).defer("search"), pk=form.cleaned_data["came_of"]
        )
        actions.link(win=win, came_of=other, by=request.user, at=timezone.now())
        messages.success(request, "Linked. It shows on both wins, to people who can see both.")
        return redirect(win)
    came_of = [
        tied
        for tied in threads_of(win, request.user)
        if tied.from_here and tied.thread.kind == Thread.Kind.CAME_OF
    ]
    context = {"win": win, "form": form, "came_of": came_of, "words": words}
    return render(request, "wins/wins/links.html", context)


def _unlink(request: PersonRequest, win: Win) -> HttpResponse:
    came_of = request.POST["undo"]
    if came_of.isascii() and came_of.isdigit():
        other = Win(pk=int(came_of))
        actions.unlink(win=win, came_of=other, by=request.user, at=timezone.now())
    return redirect("wins:links", win.pk)
