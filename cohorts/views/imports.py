from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts import people_lists, policy
from cohorts.actions import imports as actions
from cohorts.forms.imports import ImportForm
from cohorts.import_plans import plan
from cohorts.models import Import
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.spreadsheets import csv_text

SHOWN_LINES = 200


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    policy.may_import(request.user).require()
    form = open_form(ImportForm, request)
    if request.method == "POST" and form.is_valid():
        brought = actions.keep(text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        return redirect("cohorts:import_report", brought.pk)
    earlier = Import.objects.visible_to(request.user).filter(done_at=None).defer("text")[:5]
    context = {"form": form, "columns": people_lists.COLUMNS, "earlier": earlier}
    return render(request, "cohorts/imports/new.html", context)


@require_GET
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """What adding would do, line by line; once added, what it did."""
    brought = _visible(request, pk)
    if brought.done_at:
        return render(request, "cohorts/imports/done.html", {"brought": brought})
    whole = plan(brought.text)
    context = {
        "brought": brought,
        "plan": whole,
        "wrong": whole.wrong[:SHOWN_LINES],
        "adding": whole.adding[:SHOWN_LINES],
        "here": whole.here[:SHOWN_LINES],
        "shown_lines": SHOWN_LINES,
        "new_words": str(len(whole.new_people)),
    }
    return render(request, "cohorts/imports/report.html", context)


@require_POST
def adding(request: PersonRequest, pk: int) -> HttpResponse:
    brought = _visible(request, pk)
    invite = request.POST.get("invite") == "yes"
    try:
        actions.add(brought=brought, invite=invite, by=request.user, at=timezone.now())
    except ValidationError:
        messages.error(
            request, "Somebody added one of these at the same moment. Look through the list again."
        )
    return redirect("cohorts:import_report", brought.pk)


@require_GET
def wrong_lines(request: PersonRequest, pk: int) -> HttpResponse:
    """The lines to mend, as CSV that no spreadsheet runs."""
    brought = _visible(request, pk)
    text = brought.text
    if not brought.done_at:
        text = csv_text(plan(brought.text).wrong_lines())
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="lines-to-mend.csv"'
    return response


def _visible(request: PersonRequest, pk: int) -> Import:
    policy.may_import(request.user).require()
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
