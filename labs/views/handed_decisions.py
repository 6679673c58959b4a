from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.leader_requests import WordsForm
from cohorts.forms.words import attempt
from labs.actions import handed_decisions as actions
from labs.models import HandedDecision
from labs.policy.handed_decisions import may_take_back
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What teams may decide now, newest first."""
    handed = HandedDecision.objects.visible_to(request.user).in_force().for_list()
    context = {
        "page": page_by_key(handed, request.GET.get("page", ""), key=("handed_at", "id")),
        "today": timezone.localdate(),
    }
    return render(request, "labs/handed_decisions/list.html", context)


@require_safe
def handed_decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    person: Any = request.user
    context = {
        "handed": found,
        "may_take_back": found.state in HandedDecision.TAKE_BACK.sources
        and may_take_back(person, found, timezone.now()),
        "run_out": found.has_run_out(timezone.localdate()),
    }
    return render(request, "labs/handed_decisions/detail.html", context)


@require_http_methods(["GET", "POST"])
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_take_back(person, found, timezone.now()).require()
    if found.state not in HandedDecision.TAKE_BACK.sources:
        raise WrongState("This decision was taken back already.")
    form = open_form(WordsForm, request, label="Why? The team reads this.")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, actions.take_back, handed=found, **given):
            messages.success(request, f"Taken back. {found.service.name} is told.")
            return redirect(found)
    return render(
        request, "labs/handed_decisions/taking_back.html", {"form": form, "handed": found}
    )


def _visible(request: HttpRequest, pk: int) -> HandedDecision:
    return get_object_or_404(HandedDecision.objects.visible_to(request.user).for_list(), pk=pk)
