from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import manager_agreements as actions
from cohorts.forms.manager_agreements import AgreementDecisionForm, AgreementForm
from cohorts.forms.words import attempt
from cohorts.line_managers import line_manager_of
from cohorts.models import ManagerAgreement, Membership
from cohorts.policy.decisions import may_decide
from cohorts.policy.manager_agreements import may_end, may_propose, may_propose_again
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key

from .decisions import back_to

FIELDS = ("hours_a_month", "cover", "gives_back", "review_on")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own agreements, and those with one's team; newest first."""
    person: Any = request.user
    own = ManagerAgreement.objects.filter(worker=person)
    found = (own | ManagerAgreement.objects.filter(manager=person)).for_list()
    context = {
        "page": page_by_key(found, request.GET.get("page", ""), key=("proposed_at", "id")),
        "may_propose": may_propose(person),
        "today": timezone.localdate(),
    }
    return render(request, "cohorts/manager_agreements/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose one; with one that stands, its words are a first draft of the renewal."""
    person: Any = request.user
    may = may_propose(person)
    if request.method == "POST":
        may.require()
    standing = ManagerAgreement.objects.agreed_for(person).first()
    initial = _of(standing, "hours_a_month", "cover", "gives_back") if standing else {}
    form = open_form(AgreementForm, request, initial=initial)
    if form.is_bound and form.is_valid():
        made = attempt(form, actions.propose, **form.cleaned_data, by=person, at=timezone.now())
        if made:
            messages.success(request, f"Proposed. {made.manager} has been told.")
            return redirect("cohorts:agreement", made.pk)
    context = {"form": form, "may": may, "standing": standing, "manager": line_manager_of(person)}
    return render(request, "cohorts/manager_agreements/form.html", context)


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    return _page(request, found, AgreementDecisionForm(auto_id="%s-agreement-page"))


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, or say what needs talking through."""
    person: Any = request.user
    found = _visible(request, pk)
    form = AgreementDecisionForm(request.POST, auto_id="%s-agreement-page")
    if form.is_valid():
        agrees = form.cleaned_data["decision"] == "agree"
        action = actions.agree if agrees else actions.talk_through
        words = form.cleaned_data["words"]
        done = attempt(form, action, agreement=found, words=words, by=person, at=timezone.now())
        if done:
            said = "You agreed" if agrees else "You asked to talk it through"
            messages.success(request, f"{said}. {done.worker} has been told.")
            return back_to(request, "cohorts:agreement", pk)
    return _page(request, found, form)


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose again, after talking it through."""
    person: Any = request.user
    found = _visible(request, pk)
    may_propose_again(person, found).require()
    if found.state not in ManagerAgreement.PROPOSE_AGAIN.sources:
        raise WrongState(f"This agreement is “{found.get_state_display()}” now.")
    form = open_form(AgreementForm, request, initial=_of(found, *FIELDS))
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        actions.propose_again(agreement=found, **given, by=person, at=timezone.now())
        messages.success(request, f"Proposed again. {found.manager} has been told.")
        return redirect("cohorts:agreement", pk)
    context = {"form": form, "agreement": found, "may": True, "manager": found.manager}
    return render(request, "cohorts/manager_agreements/form.html", context)


@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_end(person, found).require()
    if found.state not in ManagerAgreement.END.sources:
        raise WrongState(f"{found.ended_by} has ended this agreement.")
    other = found.manager if found.worker_id == person.pk else found.worker
    if request.method == "POST":
        actions.end(agreement=found, by=person, at=timezone.now())
        messages.success(request, f"Ended. {other} has been told.")
        return redirect("cohorts:agreement", pk)
    context = {
        "agreement": found,
        "other": other,
        "places": Membership.objects.resting_on(found).select_related("cohort"),
        "mine": found.worker_id == person.pk,
    }
    return render(request, "cohorts/manager_agreements/ending.html", context)


def _page(
    request: HttpRequest, found: ManagerAgreement, form: AgreementDecisionForm
) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    mine = found.worker_id == person.pk
    manager = line_manager_of(found.worker) if found.state != "ended" else found.manager
    context = {
        "agreement": found,
        "form": form,
        "may_decide": found.state in ManagerAgreement.AGREE.sources
        and may_decide(person, found, now),
        "may_talk": found.state in ManagerAgreement.TALK_THROUGH.sources,
        "may_propose_again": mine and found.state in ManagerAgreement.PROPOSE_AGAIN.sources,
        "may_renew": mine and found.state == ManagerAgreement.State.AGREED and may_propose(person),
        "may_end": found.state in ManagerAgreement.END.sources and may_end(person, found),
        "left_behind": mine and manager != found.manager,
        "past_review": found.is_past_review(timezone.localdate(now)),
        "deputy_for": None if found.manager_id == person.pk else found.manager,
    }
    return render(request, "cohorts/manager_agreements/detail.html", context)


def _of(agreement: ManagerAgreement, *names: str) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in names}


def _visible(request: HttpRequest, pk: int) -> ManagerAgreement:
    seen = ManagerAgreement.objects.visible_to(request.user).for_list().with_standing()
    return get_object_or_404(seen, pk=pk)
