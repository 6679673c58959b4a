from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts import policy
from cohorts.actions import deputyships as actions
from cohorts.forms.deputyships import DeputyshipForm
from cohorts.forms.words import attempt
from cohorts.models import Deputyship
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form


@require_http_methods(["GET", "POST"])
def deputyships(request: PersonRequest) -> HttpResponse:
    person = request.user
    may_name = policy.may_name_deputy(person)
    if request.method == "POST":
        may_name.require()
    form = open_form(DeputyshipForm, request, person=person)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.name_deputy, **form.cleaned_data, by=person, at=timezone.now())
        if made:
            messages.success(request, f"{made.deputy} is your deputy for those days, and knows.")
            return redirect("cohorts:deputyships")
    today = timezone.localdate()
    coming = Deputyship.objects.visible_to(person).filter(called_off_at=None, ends__gte=today)
    context = {
        "form": form,
        "may_name": may_name,
        "coming": coming.select_related("person", "deputy").order_by("starts", "id"),
        "today": today,
    }
    return render(request, "cohorts/deputyships/list.html", context)


@require_POST
def calling_off(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Deputyship.objects.visible_to(request.user).select_related("person"), pk=pk
    )
    done = actions.call_off(deputyship=found, by=request.user, at=timezone.now())
    messages.success(request, f"Called off. {done.deputy} has been told.")
    return redirect("cohorts:deputyships")
