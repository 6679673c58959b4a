from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.words import attempt
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from wins.actions import measures as actions
from wins.charts import day_words, figure
from wins.forms.measures import DataPointForm, PastingForm
from wins.models import DataPoint, Measure
from wins.policy.measures import may_keep


@require_http_methods(["GET", "POST"])
def pasting(request: PersonRequest, pk: int) -> HttpResponse:
    """Figures from a spreadsheet. What was understood is shown first, and kept on the second press."""
    measures = Measure.objects.visible_to(request.user).for_detail()
    measure = get_object_or_404(measures, pk=pk)
    may_keep(request.user, measure).require()
    form = open_form(PastingForm, request, today=timezone.localdate())
    context = {"measure": measure, "form": form}
    if form.is_bound and form.is_valid():
        pasted = form.pasted
        if "keep" in request.POST and pasted.points:
            now = timezone.now()
            new = actions.write_down_all(
                measure=measure, points=pasted.points, by=request.user, at=now
            )
            again = len(pasted.points) - new
            messages.success(
                request,
                f"{new} figures added"
                + (f", {again} put in place of older ones." if again else "."),
            )
            return redirect(measure)
        there = {point.on: point.value for point in measure.points.all()}
        context["pasted"] = pasted
        context["text"] = form.cleaned_data["text"]
        context["rows"] = [
            (
                day_words(point.on),
                figure(point.value),
                point.note,
                figure(there[point.on]) if there.get(point.on, point.value) != point.value else "",
            )
            for point in sorted(pasted.points, key=lambda point: point.on)
        ]
    return render(request, "wins/measures/pasting.html", context)


@require_http_methods(["GET", "POST"])
def data_point(request: PersonRequest, pk: int) -> HttpResponse:
    """Put one figure right."""
    point = _visible(request, pk)
    now = {"on": point.on, "value": figure(point.value).replace(",", ""), "note": point.note}
    form = open_form(DataPointForm, request, today=timezone.localdate(), initial=now)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(
            form,
            actions.change_point,
            point=point,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    ):
        messages.success(request, "Put right.")
        return redirect(point.measure)
    return render(request, "wins/measures/point.html", {"form": form, "point": point})


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    point = _visible(request, pk)
    actions.remove_point(point=point, by=request.user, at=timezone.now())
    messages.success(request, f"The figure of {day_words(point.on)} is taken out.")
    return redirect(point.measure)


def _visible(request: PersonRequest, pk: int) -> DataPoint:
    seen = DataPoint.objects.filter(measure__in=Measure.objects.visible_to(request.user))
    point = get_object_or_404(
        seen.select_related(
            "measure__win__author", "measure__practice", "measure__experiment__lab", "measure__lab"
        ).defer("measure__win__search", "measure__practice__search"),
        pk=pk,
    )
    may_keep(request.user, point.measure).require()
    return point
