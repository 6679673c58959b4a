from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions import stages as actions
from cohorts.forms.stages import StageForm
from cohorts.forms.words import attempt
from cohorts.models import Cohort, Stage
from cohorts.policy.sessions import may_change_stages
from systemschangers.kernel.forms import open_form


@require_http_methods(["GET", "POST"])
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages in their order, each to change, move or remove; and one more to add."""
    person: Any = request.user
    shown = get_object_or_404(Cohort.objects.visible_to(person), pk=pk)
    may_change_stages(person, shown).require()
    form: Any = open_form(StageForm, request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.add, cohort=shown, **given, by=person, at=timezone.now()):
            messages.success(request, f"“{given['name']}” is the last stage now.")
            return redirect("cohorts:stages", pk)
    held = shown.stages.annotate(held=Count("sessions"))
    return render(
        request, "cohorts/stages/list.html", {"shown": shown, "stages": held, "form": form}
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    stage = _visible(request, pk)
    may_change_stages(person, stage.cohort_id).require()
    initial = {"name": stage.name, "starts": stage.starts, "ends": stage.ends}
    form: Any = open_form(StageForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.change, stage=stage, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved.")
            return redirect("cohorts:stages", stage.cohort_id)
    return render(request, "cohorts/stages/form.html", {"form": form, "stage": stage})


@require_POST
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    stage, person = _visible(request, pk), request.user
    earlier = request.POST.get("way") == "earlier"
    actions.move(stage=stage, earlier=earlier, by=person, at=timezone.now())  # type: ignore[arg-type]
    return redirect("cohorts:stages", stage.cohort_id)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    stage, person = _visible(request, pk), request.user
    try:
        actions.remove(stage=stage, by=person, at=timezone.now())  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"“{stage}” is removed.")
    return redirect("cohorts:stages", stage.cohort_id)


def _visible(request: HttpRequest, pk: int) -> Stage:
    return get_object_or_404(Stage.objects.visible_to(request.user).select_related("cohort"), pk=pk)
