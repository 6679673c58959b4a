from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of
from wins import ripple_chains
from wins.actions import ripples as actions
from wins.forms.ripples import RippleForm
from wins.models import Ripple
from wins.models.ripples import ROOTS
from wins.policy.ripples import may_edit_ripple, may_tell, may_tell_on
from wins.policy.things import is_keeper, seen_by
from wins.ripple_drawing import draw

from .things import visible_thing


@require_safe
def newest(request: PersonRequest) -> HttpResponse:
    """What has come of things lately, wherever the reader may see it."""
    found = Ripple.objects.visible_to(request.user).shown().for_list()
    page = page_by_key(found, request.GET.get("page", ""), key=("told_at", "id"))
    return render(request, "wins/ripples/list.html", {"page": page})


@require_safe
def chain(request: PersonRequest, key: str) -> HttpResponse:
    """All that a thing led to: as a picture, and as a list that says the same."""
    thing = visible_thing(request, key, ROOTS)
    ripples = list(Ripple.objects.of(key).for_chain())
    branches = ripple_chains.grow(ripples)
    may = may_tell(request.user, thing)
    context = {
        "key": key,
        "thing": thing,
        "noun": thing._meta.verbose_name,
        "seen_by": seen_by(thing),
        "said": ripple_chains.in_words(branches),
        "branches": branches,
        "drawing": draw(branches),
        "may": may,
        "threads": threads_of(thing, request.user),
        "mine": {one.pk for one in ripples if one.told_by_id == request.user.pk},
        "removable": ripple_chains.may_take_back_each(
            request.user, ripples, keeps=is_keeper(request.user, thing)
        ),
        "taken_back": [one for one in ripples if one.taken_back_by_id == request.user.pk],
    }
    return render(request, "wins/ripples/chain.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, key: str) -> HttpResponse:
    thing = visible_thing(request, key, ROOTS)
    may_tell(request.user, thing).require()
    return _tell(request, actions.tell, thing, {"thing": thing})


@require_http_methods(["GET", "POST"])
def new_on(request: PersonRequest, pk: int) -> HttpResponse:
    parent = _visible(request, pk)
    may_tell_on(request.user, parent).require()
    return _tell(request, actions.tell_on, parent.thing, {"parent": parent})


def _tell(
    request: PersonRequest, action: Any, thing: Any, followed_from: dict[str, Any]
) -> HttpResponse:
    form = open_form(RippleForm, request, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        made = attempt(
            form,
            action,
            **followed_from,
            by=request.user,
            at=timezone.now(),
            **form.telling,
        )
        if made:
            messages.success(request, "Told. You can change it, or take it back.")
            return redirect(made)
    context = {"form": form, "thing": thing, "seen_by": seen_by(thing), **followed_from}
    return render(request, "wins/ripples/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell it anew. Opened on older words, it shows both instead of overwriting."""
    one = _visible(request, pk)
    may_edit_ripple(request.user, one).require()
    now = {name: getattr(one, name) for name in (*actions.FIELDS, "version")}
    form, meanwhile = open_form(RippleForm, request, today=timezone.localdate(), initial=now), None
    if form.is_bound and form.is_valid():
        given = {"version": form.cleaned_data["version"] or 0, **form.telling}
        try:
            if attempt(form, actions.edit, ripple=one, by=request.user, at=timezone.now(), **given):
                messages.success(request, "Saved.")
                return redirect(one)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            again: Any = request.POST.copy()
            again["version"] = str(meanwhile.version)
            form.data = again
    context = {
        "form": form,
        "ripple": one,
        "thing": one.thing,
        "seen_by": seen_by(one.thing),
        "meanwhile": meanwhile,
    }
    return render(request, "wins/ripples/form.html", context, status=409 if meanwhile else 200)


@require_POST
def taking_back(request: PersonRequest, pk: int) -> HttpResponse:
    one = actions.take_back(ripple=_visible(request, pk), by=request.user, at=timezone.now())
    undo = reverse("wins:ripple_putting_back", args=[pk])
    messages.success(request, "Taken back. What it led to stays.", extra_tags=f"undo:{undo}")
    return redirect("wins:ripples", one.root)


@require_POST
def putting_back(request: PersonRequest, pk: int) -> HttpResponse:
    one = actions.put_back(ripple=_visible(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "Back in its place.")
    return redirect(one)


def _visible(request: PersonRequest, pk: int) -> Ripple:
    return get_object_or_404(Ripple.objects.visible_to(request.user).for_detail(), pk=pk)
