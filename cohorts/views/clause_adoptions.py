from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import clause_adoptions as actions
from cohorts.forms.roles import AdoptionForm, EmployerForm
from cohorts.forms.words import attempt
from cohorts.models import ClauseAdoption
from cohorts.policy.roles import may_confirm, may_take_off
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Which employers wrote what into which jobs, the latest first; `?employer=` shows those of one."""
    form = EmployerForm(request.GET)
    employer = form.cleaned_data["employer"] if form.is_valid() else None
    found = ClauseAdoption.objects.visible_to(request.user)
    if employer is not None:
        found = found.filter(organisation=employer)
    page = page_by_key(found.for_list(), request.GET.get("page", ""), key=("since", "id"))
    context = {"page": page, "form": form, "employer": employer, "figures": found.figures()}
    return render(request, "cohorts/clause_adoptions/list.html", context)


@require_safe
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    person: Any = request.user
    may = found.state in ClauseAdoption.CONFIRM.sources and may_confirm(person, found)
    context = {
        "it": found,
        "may_confirm": may,
        "together": ClauseAdoption.objects.unconfirmed_beside(found).count() if may else 0,
        "may_take_off": may_take_off(person, found),
    }
    return render(request, "cohorts/clause_adoptions/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    form = open_form(AdoptionForm, request, initial={"clause": request.GET.get("clause")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(form, actions.record, **given, by=person, at=timezone.now())
        if made:
            messages.success(
                request, f"Written down. Somebody else of {made.organisation} can confirm it."
            )
            return redirect(made)
    return render(request, "cohorts/clause_adoptions/form.html", {"form": form})


@require_POST
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    if request.POST.get("all"):
        many = actions.confirm_job(adoption=_visible(request, pk), by=person, at=timezone.now())
        messages.success(request, f"Confirmed, all {many}. It says so on the page now.")
        return redirect("cohorts:clause_adoptions")
    done = actions.confirm(adoption=_visible(request, pk), by=person, at=timezone.now())
    messages.success(request, "Confirmed. It says so on the page now.")
    return redirect(done)


@require_POST
def taking_off(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    actions.take_off(adoption=_visible(request, pk), by=person, at=timezone.now())
    messages.success(request, "Taken off the page.")
    return redirect("cohorts:clause_adoptions")


def _visible(request: HttpRequest, pk: int) -> ClauseAdoption:
    return get_object_or_404(ClauseAdoption.objects.visible_to(request.user).for_list(), pk=pk)
