from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts import policy
from cohorts.accounts import has_account, let_in
from cohorts.actions import invitations as actions
from cohorts.forms.invitations import InvitationForm, JoiningForm
from cohorts.forms.words import attempt
from cohorts.models import Invitation
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    policy.may_invite(request.user).require()
    invitations = Invitation.objects.visible_to(request.user).select_related(
        "service__organisation", "invited_by", "person"
    )
    page = page_by_key(invitations, request.GET.get("page", ""), key=("made_at", "id"))
    now = timezone.now()
    context = {"page": page, "rows": [(invitation, invitation.state(now)) for invitation in page]}
    return render(request, "cohorts/invitations/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    policy.may_invite(request.user).require()
    form = open_form(InvitationForm, request, initial={"service": request.GET.get("service")})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, actions.invite, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        if made:
            messages.success(request, f"The invitation to {made.name} is on its way.")
            return redirect("cohorts:invitations")
    return render(request, "cohorts/invitations/form.html", {"form": form})


@require_POST
def sending(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.send_again(invitation=found, by=request.user, at=timezone.now())
    messages.success(
        request, f"Sent again to {found.name}. The link in the earlier e-mail no longer works."
    )
    return redirect("cohorts:invitations")


@require_POST
def calling_off(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.call_off(invitation=found, by=request.user, at=timezone.now())
    messages.success(request, f"The invitation to {found.name} is called off.")
    return redirect("cohorts:invitations")


@login_not_required
@require_http_methods(["GET", "POST"])
def joining(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page changes nothing: mail scanners open links. Accepting is a press."""
    found = (
        Invitation.objects.by_token(token)
        .select_related("service__organisation", "cohort", "invited_by")
        .first()
    )
    state = found.state(timezone.now()) if found else "unknown"
    if found and state == "open" and has_account(found.email):
        state = "has account"
    if state != "open":
        return _cannot_join(request, found, state)
    if request.user.is_authenticated:
        return _cannot_join(request, found, "signed in")
    form: Any = open_form(JoiningForm, request, initial={"name": found.name})  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        person = attempt(
            form, actions.accept, token=token, name=form.cleaned_data["name"], at=timezone.now()
        )
        if person:
            messages.success(request, f"Welcome, {person.first_name}. You are in.")
            return let_in(request, person, to=reverse("home:home"))
    return render(request, "cohorts/invitations/joining.html", {"form": form, "invitation": found})


def _cannot_join(request: HttpRequest, found: Invitation | None, state: str) -> HttpResponse:
    status = {"unknown": 404, "signed in": 409, "has account": 409}.get(state, 410)
    context = {"invitation": found, "state": state}
    return render(request, "cohorts/invitations/cannot_join.html", context, status=status)
