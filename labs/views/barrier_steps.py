"""What is done about a barrier by those it concerns: answers, verdicts, “same here”, asking a leader."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.words import attempt
from labs.actions import same_heres
from labs.actions.barriers import confirming, raising
from labs.forms.barriers import HolderForm, SameHereForm, VerdictForm
from labs.policy import barriers as policy
from systemschangers.kernel.forms import open_form

from .barrier_panels import OFFERS, panel
from .barriers import page, visible


@require_POST
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """A holder of power says what they do: the panel's `step` tells which."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_answer(person, found, timezone.now()).require()
    key = request.POST.get("step", "")
    if key not in OFFERS:
        raise Http404
    bound = panel(key, found, request.POST)
    if bound.form.is_valid():
        given = bound.form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(bound.form, OFFERS[key].take, barrier=found, **given):
            messages.success(request, "Said. Whoever told of this barrier hears of it.")
            return redirect(found)
    return page(request, found, bound=bound)


@require_POST
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Fixed or not, by whoever raised it."""
    person: Any = request.user
    found = visible(request, pk)
    fixed = request.POST.get("verdict") == "fixed"
    form = VerdictForm(request.POST, auto_id="verdict_%s")
    if form.is_valid():
        action = confirming.confirm if fixed else confirming.reopen
        action(barrier=found, words=form.cleaned_data["words"], by=person, at=timezone.now())
        messages.success(request, "Fixed, then." if fixed else "It is open again.")
        return redirect(found)
    return page(request, found, verdict=form)


@require_POST
def same_here(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    policy.may_say_same_here(person, found).require()
    form = SameHereForm(request.POST, person=person)
    if form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, same_heres.say, barrier=found, **given):
            messages.success(request, "Said: same here.")
            return redirect(found)
    return page(request, found, same_here=form)


@require_POST
def same_here_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes it back; posted with `undo`, puts it back with the words it had."""
    person: Any = request.user
    found = visible(request, pk)
    if "undo" in request.POST or request.GET.get("undo"):
        same_heres.put_back(barrier=found, by=person, at=timezone.now())
        messages.success(request, "Put back.")
    elif same_heres.take_back(barrier=found, by=person, at=timezone.now()):
        messages.success(request, "Taken back.", extra_tags=f"undo:{request.path}?undo=1")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def holder(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a leader to answer."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_name_holder(person, found).require()
    form = open_form(HolderForm, request, barrier=found)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, raising.name_holder, barrier=found, **given):
            messages.success(request, f"{form.cleaned_data['leader'].name} is asked.")
            return redirect(found)
    return render(request, "labs/barriers/holder.html", {"form": form, "barrier": found})
