from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import exposure_visits as actions
from cohorts.forms.exposure_visits import ExposureVisitForm, answers_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.members import members_of
from cohorts.models import Cohort, ExposureVisit
from cohorts.policy.exposure_visits import may_change_visit, may_read_visits, may_write_visit
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key


@require_safe
def of_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """What the people of a cohort saw, the latest written first."""
    person: Any = request.user
    shown = get_object_or_404(Cohort.objects.visible_to(person), pk=pk)
    may_read_visits(person, shown).require()
    found = ExposureVisit.objects.visible_to(person).filter(cohort=shown).for_list()
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"))
    return render(request, "cohorts/exposure_visits/list.html", {"shown": shown, "page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Cohort.objects.visible_to(person), pk=pk)
    may_write_visit(person, shown).require()
    form: Any = open_form(ExposureVisitForm, request)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = attempt(form, actions.write, cohort=shown, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, "Written down. Your cohort can read it.")
            return redirect(made)
    context = {"form": form, "shown": shown, "readers": members_of(shown).count()}
    return render(request, "cohorts/exposure_visits/form.html", context)


@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    context = {
        "visit": found,
        "may_change": may_change_visit(person, found),
        "may_read_all": may_read_visits(person, found.cohort),
    }
    return render(request, "cohorts/exposure_visits/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_change_visit(person, found).require()
    form: Any = open_form(ExposureVisitForm, request, initial=answers_of(found))
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = attempt(form, actions.change, visit=found, **given, by=person, at=timezone.now())
        except ChangedMeanwhile as changed:
            meanwhile, done = changed.now, None
            form.now_on(meanwhile)
        if done:
            messages.success(request, "Saved.")
            return redirect(done)
    context = {"form": form, "shown": found.cohort, "visit": found, "meanwhile": meanwhile}
    context["readers"] = members_of(found.cohort_id).count()
    status = 409 if meanwhile else 200
    return render(request, "cohorts/exposure_visits/form.html", context, status=status)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    actions.remove(visit=found, by=person, at=timezone.now())
    messages.success(request, "It is gone.")
    if may_read_visits(person, found.cohort):
        return redirect("cohorts:visits", found.cohort_id)
    return redirect("cohorts:cohorts")


def _visible(request: HttpRequest, pk: int) -> ExposureVisit:
    return get_object_or_404(ExposureVisit.objects.visible_to(request.user).for_list(), pk=pk)
