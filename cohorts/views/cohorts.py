from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts import policy
from cohorts.actions import cohorts as actions
from cohorts.actions import memberships
from cohorts.forms.cohorts import CohortForm, MemberForm
from cohorts.forms.words import attempt
from cohorts.models import Cohort, Membership, Person
from cohorts.policy.memberships import may_watch_over
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form

ACTIVE = Q(memberships__state=Membership.State.ACTIVE, memberships__person__is_active=True)


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    cohorts = (
        Cohort.objects.visible_to(request.user)
        .select_related("place")
        .annotate(people=Count("memberships", filter=ACTIVE))
    )
    context = {"cohorts": cohorts, "may_change": policy.may_run_cohorts(request.user)}
    return render(request, "cohorts/cohorts/list.html", context)


@require_GET
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    members = (
        shown.memberships.filter(state=Membership.State.ACTIVE, person__is_active=True)
        .prefetch_related(Prefetch("person", queryset=Person.objects.for_list()))
        .order_by("person__name", "person_id")
    )
    context = {
        "shown": shown,
        "members": members,
        "may_change": policy.may_run_cohorts(request.user),
        "may_watch": may_watch_over(request.user, shown),
    }
    return render(request, "cohorts/cohorts/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    policy.may_run_cohorts(request.user).require()
    form = open_form(CohortForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.add, **form.cleaned_data, by=request.user, at=timezone.now())
        if made:
            messages.success(request, "Added. Now add the people in it.")
            return redirect("cohorts:cohort", made.pk)
    return render(request, "cohorts/cohorts/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    policy.may_run_cohorts(request.user).require()
    initial = {
        "name": shown.name,
        "place": shown.place.name if shown.place else "",
        "starts": shown.starts,
        "ends": shown.ends,
    }
    form = open_form(CohortForm, request, besides=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            actions.change,
            cohort=shown,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if done:
            messages.success(request, "Saved.")
            return redirect("cohorts:cohort", shown.pk)
    return render(request, "cohorts/cohorts/form.html", {"form": form, "shown": shown})


@require_http_methods(["GET", "POST"])
def member_new(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    policy.may_run_cohorts(request.user).require()
    form = open_form(MemberForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            memberships.add,
            cohort=shown,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if made:
            messages.success(request, f"{made.person} is in the cohort, and has been told.")
            return redirect("cohorts:cohort", shown.pk)
    return render(request, "cohorts/cohorts/member.html", {"form": form, "shown": shown})


@require_POST
def member_taking_out(request: PersonRequest, pk: int) -> HttpResponse:
    visible = Cohort.objects.visible_to(request.user)
    membership = get_object_or_404(
        Membership.objects.filter(cohort__in=visible).select_related("person"), pk=pk
    )
    memberships.take_out(membership=membership, by=request.user, at=timezone.now())
    messages.success(
        request, f"{membership.person} is out of this cohort. Add them again to undo it."
    )
    return redirect("cohorts:cohort", membership.cohort_id)


def _visible(request: PersonRequest, pk: int) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.user).select_related("place")
    return get_object_or_404(cohorts, pk=pk)
