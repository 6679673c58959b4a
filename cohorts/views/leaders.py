from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import leaders as actions
from cohorts.forms.leaders import DirectoryForm, LeaderForm, answers_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile, standing
from cohorts.models import Leader
from cohorts.policy.decisions import may_ask_manager
from cohorts.policy.leaders import may_change_leader, may_change_leaders
from systemschangers.kernel.forms import open_form

from .paging import page_by_name


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    form.is_valid()
    narrowed = form.cleaned_data
    leaders = Leader.objects.visible_to(request.user).with_room(timezone.localdate()).for_list()
    for word in narrowed.get("q", "").split()[:8]:
        leaders = leaders.filter(
            Q(name__icontains=word)
            | Q(portfolio__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    if narrowed.get("place"):
        leaders = leaders.filter(place=narrowed["place"])
    if narrowed.get("theme"):
        leaders = leaders.filter(themes=narrowed["theme"])
    context = {
        "page": page_by_name(leaders, request),
        "form": form,
        "narrowed": any(narrowed.values()),
        "may_change": may_change_leaders(request.user),  # type: ignore[arg-type]
    }
    return render(request, "cohorts/leaders/list.html", context)


@require_GET
def leader(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    leaders = Leader.objects.visible_to(person).with_room(timezone.localdate()).for_list()
    shown = get_object_or_404(leaders, pk=pk)
    context = {
        "shown": shown,
        "may_ask": may_ask_manager(person),
        "may_change": may_change_leader(person, shown),
        "may_retire": may_change_leaders(person),
        "is_me": shown.person_id == person.pk,
    }
    return render(request, "cohorts/leaders/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_change_leaders(person).require()
    form = open_form(LeaderForm, request)
    if request.method == "POST" and form.is_valid():
        added = attempt(form, actions.add, **form.cleaned_data, by=person, at=timezone.now())
        if added:
            messages.success(request, f"{added.name} is in the directory.")
            return redirect(added)
    return render(request, "cohorts/leaders/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Leader.objects.visible_to(person).for_list(), pk=pk)
    may_change_leader(person, shown).require()
    initial = answers_of(shown) | {"seen": standing(shown, actions.TOLD)}
    form, meanwhile = open_form(LeaderForm, request, initial=initial), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if attempt(form, actions.change, leader=shown, **given, by=person, at=timezone.now()):
                messages.success(request, "Saved.")
                return redirect(shown)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(standing(meanwhile, actions.TOLD))
    now = form.rows(answers_of(meanwhile)) if meanwhile else []
    context = {"form": form, "shown": shown, "meanwhile": now}
    status = 409 if meanwhile else 200
    return render(request, "cohorts/leaders/form.html", context, status=status)


@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Leader.objects.visible_to(person), pk=pk)
    actions.retire(leader=shown, by=person, at=timezone.now())
    messages.success(request, f"{shown.name} is no longer in the directory.")
    return redirect("cohorts:leaders")
