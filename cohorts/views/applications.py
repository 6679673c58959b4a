from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.actions import applications as actions
from cohorts.forms.applications import ApplicationForm, OpeningForm, said_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile, standing
from cohorts.models import Cohort, Membership
from cohorts.policy import may_run_cohorts
from cohorts.policy.memberships import may_apply, may_rewrite
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState

MOST_OPEN = 50


@require_safe
def open_cohorts(request: PersonRequest) -> HttpResponse:
    """Cohorts one can apply to now, the one that closes first on top; and one's own places."""
    today = timezone.localdate()
    found = Cohort.objects.open_for_applications(today).select_related("place")
    own = Membership.objects.filter(person=request.user).on_the_way().select_related("cohort")
    context = {
        "cohorts": found.order_by("applications_close_on", "name")[:MOST_OPEN],
        "own": own.order_by("-state_at")[:MOST_OPEN],
        "may_change": may_run_cohorts(request.user),
    }
    return render(request, "cohorts/applications/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """The front page of a cohort: what it is, what it asks, and the application."""
    cohorts = Cohort.objects.announced_to(request.user).select_related("place")
    cohort = get_object_or_404(cohorts, pk=pk)
    own = Membership.objects.for_detail().filter(cohort=cohort, person=request.user).first()
    may = may_apply(request.user, cohort, own, timezone.now())
    if request.method == "POST":
        may.require()
    form = open_form(ApplicationForm, request, initial={"why": own.why if own else ""})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            actions.apply,
            cohort=cohort,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if made:
            messages.success(request, "You have applied. Those who run the cohort have been told.")
            return redirect("cohorts:membership", made.pk)
    context = {"cohort": cohort, "own": own, "may": may, "form": form}
    return render(request, "cohorts/applications/new.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Membership.objects.visible_to(request.user).for_detail(), pk=pk)
    may_rewrite(request.user, found).require()
    if found.state != Membership.State.APPLIED:
        raise WrongState(f"This place is “{found.get_state_display()}” now.")
    form = open_form(ApplicationForm, request, initial={"why": found.why})
    if request.method == "POST" and form.is_valid():
        actions.rewrite(membership=found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("cohorts:membership", pk)
    return render(request, "cohorts/applications/edit.html", {"form": form, "it": found})


@require_http_methods(["GET", "POST"])
def opening(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what the cohort is, and until when people may apply."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    may_run_cohorts(request.user).require()
    initial = said_of(cohort) | {"seen": standing(cohort, actions.SAID)}
    form, meanwhile = open_form(OpeningForm, request, initial=initial), None
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        try:
            done = attempt(form, actions.open_cohort, cohort=cohort, **given)
        except ChangedMeanwhile as changed:
            meanwhile, done = changed.now, None
            form.now_on(standing(meanwhile, actions.SAID))
        if done:
            opened = done.is_open(timezone.localdate())
            messages.success(request, "People can apply now." if opened else "Saved. It is closed.")
            return redirect("cohorts:application_new", pk)
    now = form.rows(said_of(meanwhile)) if meanwhile else []
    context = {"form": form, "cohort": cohort, "meanwhile": now}
    status = 409 if meanwhile else 200
    return render(request, "cohorts/applications/opening.html", context, status=status)
