from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import role_clauses as actions
from cohorts.forms.roles import ClauseForm, RewordForm
from cohorts.models import Condition, RoleClause
from cohorts.policy.roles import may_change_clause, may_keep_library
from systemschangers.kernel.forms import open_form

MOST_JOBS = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The whole library by condition: it is read as one page, to choose from."""
    person: Any = request.user
    clauses = RoleClause.objects.visible_to(person).in_library().for_list()[:500]
    groups = [
        {"number": number, "title": Condition(number).label, "clauses": list(rows)}
        for number, rows in groupby(clauses, key=lambda one: one.condition)
    ]
    context = {"groups": groups, "may_keep": may_keep_library(person)}
    return render(request, "cohorts/role_clauses/list.html", context)


@require_safe
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    person: Any = request.user
    context = {
        "clause": found,
        "newer": getattr(found, "reworded_as", None),
        "older": found.replaces,
        "may_change": may_change_clause(person, found),
        "jobs": found.adoptions.for_list()[:MOST_JOBS],
    }
    return render(request, "cohorts/role_clauses/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_keep_library(person).require()
    form = open_form(ClauseForm, request)
    if request.method == "POST" and form.is_valid():
        made = actions.add(**form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, "Added. Everyone here can pick it now.")
        return redirect(made)
    return render(request, "cohorts/role_clauses/form.html", {"form": form, "clause": None})


@require_http_methods(["GET", "POST"])
def rewording(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_change_clause(person, found).require()
    form = open_form(RewordForm, request, initial={"level": found.level, "words": found.words})
    if request.method == "POST" and form.is_valid():
        made = actions.reword(clause=found, **form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, f"Reworded. This is version {made.version}.")
        return redirect(made)
    return render(request, "cohorts/role_clauses/form.html", {"form": form, "clause": found})


@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    actions.retire(clause=_visible(request, pk), by=person, at=timezone.now())
    messages.success(request, "Retired. Roles that were worded with it keep their words.")
    return redirect("cohorts:role_clauses")


def _visible(request: HttpRequest, pk: int) -> RoleClause:
    seen = RoleClause.objects.visible_to(request.user).for_list().select_related("replaces")
    return get_object_or_404(seen.select_related("reworded_as", "replaces"), pk=pk)
