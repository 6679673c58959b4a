"""A lab looks together at what something led to. These pages are under /labs/, where a code card leads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.requests import PersonRequest
from labs.models import Lab
from systemschangers.kernel.forms import open_form
from wins import ripple_chains
from wins.actions import ripple_sessions as actions
from wins.actions import ripples as telling
from wins.forms.ripples import RippleForm, WhichLabForm
from wins.models import Ripple, RippleSession
from wins.models.ripples import ROOTS
from wins.policy.ripple_sessions import may_end, may_tell_in
from wins.policy.things import sees
from wins.ripple_drawing import draw

from .things import visible_thing


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, key: str) -> HttpResponse:
    """Bring a thing to a lab one is in, to look together at what it led to."""
    thing = visible_thing(request, key, ROOTS)
    labs = Lab.objects.inside_for(request.user).filter(state=Lab.State.GOING)
    form = open_form(WhichLabForm, request, labs=labs)
    if form.is_bound and form.is_valid():
        given = {"lab": form.cleaned_data["lab"], "by": request.user, "at": timezone.now()}
        if made := attempt(form, actions.begin, thing=thing, **given):
            messages.success(request, "Begun. The members of the lab are told.")
            return redirect(made)
    context = {"form": form, "thing": thing, "key": key, "has_labs": labs.exists()}
    return render(request, "wins/ripple_sessions/form.html", context)


@require_safe
def session(request: PersonRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    seen = sees(request.user, one.thing)
    ripples = list(Ripple.objects.of(one.root).for_chain()) if seen else []
    branches = ripple_chains.grow(ripples)
    context = {
        "session": one,
        "seen": seen,
        "may": may_tell_in(request.user, one, one.root),
        "may_end": may_end(request.user, one),
        "said": ripple_chains.in_words(branches),
        "branches": branches,
        "drawing": draw(branches),
        "mine": {row.pk for row in ripples if row.told_by_id == request.user.pk and row.is_shown},
        "taken_back": [row for row in ripples if row.taken_back_by_id == request.user.pk],
    }
    return render(request, "wins/ripple_sessions/detail.html", context)


@require_http_methods(["GET", "POST"])
def adding(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what it led to; with ?from=, what that ripple led to."""
    one = _visible(request, pk)
    may_tell_in(request.user, one, one.root).require()
    parent = _parent(request, one)
    form = open_form(RippleForm, request, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        given = form.telling | {"session": one, "by": request.user, "at": timezone.now()}
        if parent:
            made = attempt(form, telling.tell_on, parent=parent, **given)
        else:
            made = attempt(form, telling.tell, thing=one.thing, **given)
        if made:
            messages.success(request, "Told. Who else knows of something?")
            return redirect(f"{one.get_absolute_url()}#ripple-{made.pk}")
    context = {"form": form, "session": one, "parent": parent}
    return render(request, "wins/ripple_sessions/adding.html", context)


@require_POST
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a ripple one told, which is posted as `ripple`; with `undo`, put it back."""
    one = _visible(request, pk)
    sent = request.POST.get("ripple", "")
    seen = Ripple.objects.visible_to(request.user).filter(root=one.root).for_detail()
    ripple = get_object_or_404(seen, pk=int(sent) if _is_key(sent) else 0)
    act = telling.put_back if request.POST.get("undo") else telling.take_back
    act(ripple=ripple, by=request.user, at=timezone.now())
    messages.success(request, "Back in its place." if request.POST.get("undo") else "Taken back.")
    return redirect(one)


@require_POST
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    undo = bool(request.POST.get("undo"))
    act = actions.go_on if undo else actions.end
    act(session=one, by=request.user, at=timezone.now())
    messages.success(request, "It goes on." if undo else "Ended. What was told stays.")
    return redirect(one)


def _parent(request: PersonRequest, one: RippleSession) -> Ripple | None:
    sent = request.GET.get("from", "")
    if not sent:
        return None
    if not _is_key(sent):
        raise Http404
    seen = Ripple.objects.visible_to(request.user).filter(root=one.root).for_detail()
    return get_object_or_404(seen, pk=int(sent))


def _is_key(sent: str) -> bool:
    return sent.isascii() and sent.isdigit() and len(sent) < 19


def _visible(request: PersonRequest, pk: int) -> Any:
    return get_object_or_404(RippleSession.objects.visible_to(request.user).for_detail(), pk=pk)
