"""Where are you now? Answered signed in, or with the link in a letter: opening it shows, pressing answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts import check_in_letters
from cohorts.actions import role_check_ins as actions
from cohorts.forms.role_check_ins import UNSAID, CheckInForm, answers_of
from cohorts.models import RoleCheckIn
from cohorts.policy.role_check_ins import may_answer
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look

from .signed_links import STATUS


@require_http_methods(["GET", "POST"])
def role_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    found = get_object_or_404(RoleCheckIn.objects.visible_to(person).for_detail(), pk=pk)
    form = open_form(CheckInForm, request, initial=answers_of(found))
    if request.method == "POST":
        may_answer(person, found).require()
        given = _given(request, form)
        if given is not None:
            actions.answer(check_in=found, **given, by=person, at=now)
            messages.success(request, "Thank you. That is written down.")
            return redirect("home:home")
    context = {"check_in": found, "form": form, "open": found.is_open(now)}
    return render(request, "cohorts/role_check_ins/form.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    try:
        link = look(token, (check_in_letters.ANSWER,), at=now)
        if request.user.is_authenticated and request.user.pk != link.person_id:
            return _refused(request, link, "", "for somebody else", 403)
        found = get_object_or_404(RoleCheckIn.objects.for_detail(), pk=link.target_id)
        form = open_form(CheckInForm, request, initial=answers_of(found))
        if request.method == "POST":
            given = _given(request, form)
            if given is not None:
                actions.answer(check_in=found, **given, token=token, at=now)
                return redirect("cohorts:check_in_done")
    except LinkRefused as refused:
        status = STATUS.get(refused.state, 410)
        return _refused(request, refused.link, str(refused), refused.state, status)
    context = {"check_in": found, "form": form, "open": True, "link": link}
    return render(request, "cohorts/role_check_ins/by_link.html", context)


@login_not_required
@require_safe
def check_in_done(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/role_check_ins/done.html")


def _given(request: HttpRequest, form: CheckInForm) -> dict[str, Any] | None:
    """What was answered; all of it left unsaid by one press. None when something is still missing."""
    if "unsaid" in request.POST:
        return dict(UNSAID)
    return form.cleaned_data if form.is_valid() else None


def _refused(
    request: HttpRequest, link: SignedLink | None, reason: str, state: str, status: int
) -> HttpResponse:
    context = {"link": link, "reason": reason, "state": state}
    return render(request, "cohorts/signed_links/refused.html", context, status=status)
