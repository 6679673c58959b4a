"""Showing an outcome to others, making it a draft again, taking it back, removing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.meanwhile import ChangedMeanwhile
from cohorts.requests import PersonRequest
from systemschangers.kernel.lifecycle import WrongState
from wins.actions import outcomes as actions
from wins.policy.outcomes import may_formulate, may_remove_outcome

from .outcomes import visible


@require_http_methods(["GET", "POST"])
def showing(request: PersonRequest, pk: int) -> HttpResponse:
    """Look it over (GET), then show it to everyone here (POST). Words changed meanwhile are shown first."""
    one = visible(request, pk)
    may_formulate(request.user, one).require()
    if not one.is_draft:
        raise WrongState("This outcome is shown to everyone here already.")
    meanwhile = False
    if request.method == "POST":
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
        try:
            actions.formulate(outcome=one, version=version, by=request.user, at=timezone.now())
        except ChangedMeanwhile:
            meanwhile = True
        else:
            messages.success(request, "Everyone here can see it now. Ask somebody who knows of it.")
            return redirect(one)
    context = {"outcome": one, "meanwhile": meanwhile}
    return render(request, "wins/outcomes/showing.html", context, status=409 if meanwhile else 200)


@require_POST
def rethinking(request: PersonRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    actions.rethink(outcome=one, by=request.user, at=timezone.now())
    messages.success(request, "A draft again. Only you see it. Nobody waits to answer it now.")
    return redirect(one)


@require_POST
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    actions.take_back(outcome=one, by=request.user, at=timezone.now())
    undo = reverse("wins:outcome_putting_back", args=[pk])
    messages.success(request, "Taken back. Only you see it.", extra_tags=f"undo:{undo}")
    return redirect(one)


@require_POST
def putting_back(request: PersonRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    actions.put_back(outcome=one, by=request.user, at=timezone.now())
    messages.success(request, "Everyone here can see it again, with every answer.")
    return redirect(one)


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once (GET), then delete for good (POST)."""
    one = visible(request, pk)
    may_remove_outcome(request.user, one).require()
    if request.method == "POST":
        actions.remove(outcome=one, by=request.user, at=timezone.now())
        messages.success(request, "Removed for good.")
        return redirect("wins:outcomes")
    return render(request, "wins/outcomes/confirm_removal.html", {"outcome": one})
