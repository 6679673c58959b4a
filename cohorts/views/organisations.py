from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts import policy
from cohorts.actions import organisations as actions
from cohorts.forms.organisations import OrganisationForm, ServiceForm
from cohorts.forms.words import attempt
from cohorts.models import Organisation, Person, Service
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form

from .paging import page_by_name


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    organisations = Organisation.objects.prefetch_related("services__place")
    context = {
        "page": page_by_name(organisations, request),
        "may_change": policy.may_change_organisations(request.user),
    }
    return render(request, "cohorts/organisations/list.html", context)


@require_GET
def organisation(request: PersonRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Organisation, pk=pk)
    living = Q(posts__ended=None, posts__person__is_active=True)
    services = shown.services.select_related("place").annotate(people=Count("posts", filter=living))
    context = {
        "shown": shown,
        "services": services,
        "may_change": policy.may_change_organisations(request.user),
    }
    return render(request, "cohorts/organisations/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    policy.may_change_organisations(request.user).require()
    form = open_form(OrganisationForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            actions.add_organisation,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if made:
            messages.success(request, "Added. Now add its services.")
            return redirect("cohorts:organisation", made.pk)
    return render(request, "cohorts/organisations/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Organisation, pk=pk)
    policy.may_change_organisations(request.user).require()
    form = open_form(OrganisationForm, request, besides=shown, initial={"name": shown.name})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            actions.change_organisation,
            organisation=shown,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if done:
            messages.success(request, "Saved.")
            return redirect("cohorts:organisation", shown.pk)
    return render(request, "cohorts/organisations/form.html", {"form": form, "shown": shown})


@require_GET
def service(request: PersonRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Service.objects.select_related("organisation", "place"), pk=pk)
    people = Person.objects.visible_to(request.user).filter(
        pk__in=shown.posts.filter(ended=None).values("person")
    )
    context = {
        "shown": shown,
        "page": page_by_name(people.for_list(), request),
        "may_change": policy.may_change_organisations(request.user),
    }
    return render(request, "cohorts/services/detail.html", context)


@require_http_methods(["GET", "POST"])
def service_new(request: PersonRequest, pk: int) -> HttpResponse:
    owner = get_object_or_404(Organisation, pk=pk)
    policy.may_change_organisations(request.user).require()
    form = open_form(ServiceForm, request, organisation=owner)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            actions.add_service,
            organisation=owner,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if made:
            messages.success(request, "Added. Now invite the people who work in it.")
            return redirect("cohorts:service", made.pk)
    return render(request, "cohorts/services/form.html", {"form": form, "owner": owner})


@require_http_methods(["GET", "POST"])
def service_edit(request: PersonRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Service.objects.select_related("organisation", "place"), pk=pk)
    policy.may_change_organisations(request.user).require()
    owner = shown.organisation
    initial = {"name": shown.name, "place": shown.place.name if shown.place else ""}
    form = open_form(ServiceForm, request, organisation=owner, besides=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            actions.change_service,
            service=shown,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if done:
            messages.success(request, "Saved.")
            return redirect("cohorts:service", shown.pk)
    context = {"form": form, "owner": owner, "shown": shown}
    return render(request, "cohorts/services/form.html", context)
