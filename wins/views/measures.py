from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.spreadsheets import csv_answer
from wins.actions import measures as actions
from wins.charts import draw, figure
from wins.forms.measures import DataPointForm, MeasureForm
from wins.measures_in_words import in_words
from wins.models import Measure
from wins.models.measures import MEASURED
from wins.policy.measures import may_keep, may_measure
from wins.policy.things import seen_by

from .things import visible_thing


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, key: str) -> HttpResponse:
    thing = visible_thing(request, key, MEASURED)
    may_measure(request.user, thing).require()
    form = open_form(MeasureForm, request)
    if form.is_bound and form.is_valid():
        made = actions.begin(thing=thing, by=request.user, at=timezone.now(), **form.telling)
        messages.success(request, "Begun. Now write the first figure down.")
        return redirect(made)
    context = {"form": form, "thing": thing, "seen_by": seen_by(thing)}
    return render(request, "wins/measures/form.html", context)


@require_http_methods(["GET", "POST"])
def measure(request: PersonRequest, pk: int) -> HttpResponse:
    """The chart, in words first; and for who keeps it, one more figure (POST)."""
    one = _visible(request, pk)
    form = open_form(DataPointForm, request, today=timezone.localdate())
    if request.method == "POST":
        may_keep(request.user, one).require()
        if form.is_valid() and attempt(
            form,
            actions.write_down,
            measure=one,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        ):
            messages.success(request, "Written down.")
            return redirect(one)
    return render(request, "wins/measures/detail.html", _context(request, one, form))


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    may_keep(request.user, one).require()
    now = {name: getattr(one, name) for name in (*actions.FIELDS, "version")}
    form, meanwhile = open_form(MeasureForm, request, initial=now), None
    if form.is_bound and form.is_valid():
        given = {"version": form.cleaned_data["version"] or 0, **form.telling}
        try:
            actions.change(measure=one, by=request.user, at=timezone.now(), **given)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            again: Any = request.POST.copy()
            again["version"] = str(meanwhile.version)
            form.data = again
        else:
            messages.success(request, "Saved.")
            return redirect(one)
    context = {"form": form, "thing": one.thing, "measure": one, "meanwhile": meanwhile}
    return render(request, "wins/measures/form.html", context, status=409 if meanwhile else 200)


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    may_keep(request.user, one).require()
    if request.method == "POST":
        thing = one.thing
        actions.remove(measure=one, by=request.user, at=timezone.now())
        messages.success(request, "The measure and its figures are removed.")
        return redirect(thing)
    context = {"measure": one, "many": one.points.count()}
    return render(request, "wins/measures/confirm_removal.html", context)


@require_safe
def csv(request: PersonRequest, pk: int) -> HttpResponse:
    """The figures as a spreadsheet reads them; for whoever sees the chart."""
    one = _visible(request, pk)
    rows = [(point.on.isoformat(), f"{point.value:f}", point.note) for point in one.points.all()]
    return csv_answer("figures", ["day", f"{one.counted} ({one.unit})", "note"], rows)


def _context(request: PersonRequest, one: Measure, form: DataPointForm) -> dict[str, Any]:
    points = list(one.points.all())
    reading = one.reading(points)
    xmr = one.chart == Measure.Chart.XMR
    return {
        "measure": one,
        "thing": one.thing,
        "noun": one.thing._meta.verbose_name,
        "seen_by": seen_by(one.thing),
        "mine": bool(may_keep(request.user, one)),
        "form": form,
        "points": [(point, figure(point.value)) for point in reversed(points)],
        "noted": [point for point in points if point.note],
        "reading": reading,
        "drawing": draw(reading, "mean" if xmr else "median"),
        "said": in_words(one, reading),
    }


def _visible(request: PersonRequest, pk: int) -> Measure:
    return get_object_or_404(Measure.objects.visible_to(request.user).for_detail(), pk=pk)
