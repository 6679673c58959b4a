from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts import policy
from cohorts.actions import invitation_lists as actions
from cohorts.forms.invitation_lists import InvitationListForm, MendingForm
from cohorts.invitation_plans import Plan, plan
from cohorts.models import Cohort, InvitationList
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.spreadsheets import csv_answer

SHOWN_LINES = 200
MENDED_AT_ONCE = 50  # four fields each


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    policy.may_invite(request.user).require()
    form = open_form(InvitationListForm, request)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        made = actions.keep(cohort=cohort, sheet=sheet, by=request.user, at=timezone.now())
        return redirect("cohorts:invitation_list", made.pk)
    earlier = InvitationList.objects.visible_to(request.user).filter(cohort=cohort)
    context = {
        "form": form,
        "cohort": cohort,
        "earlier": earlier.exclude(lines=[]).defer("lines")[:5],
    }
    return render(request, "cohorts/invitation_lists/new.html", context)


@require_safe
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """What sending would do, line by line; once sent, what it did and what is left to mend."""
    brought = _visible(request, pk)
    whole = _plan(brought)
    return _page(request, brought, whole, MendingForm(whole.wrong[:MENDED_AT_ONCE]))


@require_POST
def mending(request: PersonRequest, pk: int) -> HttpResponse:
    """Wrong lines put right in place; then all is looked through again."""
    brought = _visible(request, pk)
    whole = _plan(brought)
    form = MendingForm(whole.wrong[:MENDED_AT_ONCE], request.POST)
    if not form.is_valid():
        return _page(request, brought, whole, form)
    actions.mend(brought=brought, changes=form.changes(), by=request.user, at=timezone.now())
    messages.success(request, "Looked through again. Nobody has been asked yet.")
    return redirect("cohorts:invitation_list", pk)


@require_POST
def sending(request: PersonRequest, pk: int) -> HttpResponse:
    brought = _visible(request, pk)
    try:
        actions.send(brought=brought, by=request.user, at=timezone.now())
    except ValidationError:
        messages.error(
            request, "Somebody asked one of these at the same moment. Look through the list again."
        )
    return redirect("cohorts:invitation_list", pk)


@require_safe
def wrong_lines(request: PersonRequest, pk: int) -> HttpResponse:
    """The lines to mend, as CSV that no spreadsheet runs."""
    brought = _visible(request, pk)
    heads, *lines = _plan(brought).wrong_lines()
    return csv_answer("lines-to-mend", heads, lines)


def _page(
    request: PersonRequest, brought: InvitationList, whole: Plan, form: MendingForm
) -> HttpResponse:
    context = {
        "brought": brought,
        "plan": whole,
        "form": form,
        "mended_at_once": MENDED_AT_ONCE,
        "letters": whole.letters[:SHOWN_LINES],
        "asking": whole.asking[:SHOWN_LINES],
        "here": whole.here[:SHOWN_LINES],
        "shown_lines": SHOWN_LINES,
        "label": f"Ask {whole.good} {'person' if whole.good == 1 else 'people'}",
    }
    return render(request, "cohorts/invitation_lists/report.html", context)


def _plan(brought: InvitationList) -> Plan:
    return plan(brought.lines, brought.cohort, timezone.now())


def _visible(request: PersonRequest, pk: int) -> InvitationList:
    policy.may_invite(request.user).require()
    lists = InvitationList.objects.visible_to(request.user).select_related("cohort")
    return get_object_or_404(lists, pk=pk)
