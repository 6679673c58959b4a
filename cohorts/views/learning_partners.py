from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions import learning_partners as actions
from cohorts.forms.learning_partners import LearningPartnerForm
from cohorts.forms.words import attempt
from cohorts.members import members_of, with_last_call
from cohorts.models import Cohort, Membership
from cohorts.policy.sessions import may_run

from .paging import page_by_name

SIZE = 50


@require_http_methods(["GET", "POST"])
def learning_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who takes part, with their learning partner and the day they last spoke: never what
    was said. Tick some, choose who, and save."""
    person: Any = request.user
    shown = _run(request, pk)
    taking_part = members_of(shown).filter(role=Membership.Role.PARTICIPANT)
    if request.GET.get("show") == "without":
        taking_part = taking_part.filter(learning_partner=None)
    page = page_by_name(
        with_last_call(taking_part).select_related("learning_partner"), request, SIZE
    )
    on_page = [one.pk for one in page]
    given = request.POST if request.method == "POST" else None
    form: Any = LearningPartnerForm(given, cohort=shown, members=on_page)
    if form.is_bound and form.is_valid():
        partner = form.cleaned_data["partner"]
        changed = attempt(
            form,
            actions.name,
            cohort=shown,
            members=form.cleaned_data["members"],
            partner=partner,
            by=person,
            at=timezone.now(),
        )
        if changed is not None:
            messages.success(request, _said(len(changed), partner))
            return redirect(request.get_full_path())
    ticked = request.POST.getlist("members") if form.is_bound else []
    context = {
        "shown": shown,
        "page": page,
        "form": form,
        "ticked": {int(one) for one in ticked if one.isascii() and one.isdigit()},
        "without": request.GET.get("show") == "without",
    }
    return render(request, "cohorts/learning_partners/list.html", context)


@require_POST
def sharing_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: whoever has no learning partner gets one."""
    person: Any = request.user
    shown = _run(request, pk)
    try:
        given = actions.share_out(cohort=shown, by=person, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if given:
            people = "1 person has" if len(given) == 1 else f"{len(given)} people have"
            messages.success(request, f"{people} a learning partner now, and everybody is told.")
        else:
            messages.info(request, "Everybody has a learning partner already.")
    return redirect("cohorts:learning_partners", pk)


def _said(count: int, partner: Any) -> str:
    if not count:
        return "Nothing was changed: they had that one already."
    people = "1 person" if count == 1 else f"{count} people"
    if partner is None:
        return f"Saved: {people} without a learning partner now."
    return f"Saved: {partner} is the learning partner of {people} more. They are told."


def _run(request: HttpRequest, pk: int) -> Cohort:
    person: Any = request.user
    shown = get_object_or_404(Cohort.objects.visible_to(person), pk=pk)
    may_run(person, shown).require()
    return shown
