"""From nothing to the first invitation: one small page a step, every one of which can be skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts import policy
from cohorts.accounts import let_in
from cohorts.actions import invitations, organisations, posts, setting_up
from cohorts.forms.invitations import InvitationForm
from cohorts.forms.organisations import OrganisationForm, ServiceForm
from cohorts.forms.setting_up import OwnPostForm, StartForm, ThemesForm
from cohorts.forms.words import attempt
from cohorts.models import Invitation, Organisation, Person, Service, Theme
from cohorts.requests import PersonRequest
from cohorts.set_up_codes import set_up_code
from systemschangers.kernel.forms import open_form


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Open only while there is nobody at all."""
    if Person.objects.exists():
        if request.user.is_authenticated and policy.may_set_up(request.user):
            return redirect("cohorts:start_steps")
        raise Http404("There is somebody here already.")
    form = open_form(StartForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, setting_up.first_administrator, **form.cleaned_data, at=timezone.now())
        if made:
            return let_in(request, made, to=reverse("cohorts:start_steps"))
    code = set_up_code() if settings.DEVELOPMENT else ""
    return render(request, "cohorts/setting_up/start.html", {"form": form, "code": code})


@dataclass(frozen=True)
class Step:
    """`done` looks at what is here, so that a step done another way counts."""

    name: str
    label: str
    submit: str
    done: Callable[[Any], bool]
    form: Callable[[PersonRequest], Any]
    act: Callable[[Any, Any], Any]


def _organisation_form(request: PersonRequest) -> Any:
    return open_form(OrganisationForm, request)


def _service_form(request: PersonRequest) -> Any:
    """For the newest organisation; None until there is one."""
    owner = Organisation.objects.order_by("-pk").first()
    return open_form(ServiceForm, request, organisation=owner) if owner else None


def _themes_form(request: PersonRequest) -> Any:
    return open_form(ThemesForm, request)


def _own_form(request: PersonRequest) -> Any:
    newest = Service.objects.order_by("-pk").first()
    return open_form(OwnPostForm, request, initial={"service": newest}) if newest else None


def _invitation_form(request: PersonRequest) -> Any:
    newest = Service.objects.order_by("-pk").first()
    initial = {"service": newest, "line_manager": None}
    return open_form(InvitationForm, request, initial=initial) if newest else None


def _add_organisation(form: Any, by: Any) -> Any:
    return attempt(
        form, organisations.add_organisation, **form.cleaned_data, by=by, at=timezone.now()
    )


def _add_service(form: Any, by: Any) -> Any:
    return attempt(
        form,
        organisations.add_service,
        organisation=form.organisation,
        **form.cleaned_data,
        by=by,
        at=timezone.now(),
    )


def _add_themes(form: Any, by: Any) -> Any:
    organisations.add_themes(names=form.names, by=by, at=timezone.now())
    return True


def _add_own_post(form: Any, by: Any) -> Any:
    now = timezone.now()
    given = form.cleaned_data | {"line_manager": None, "started": timezone.localdate(now)}
    return attempt(form, posts.add, person=by, **given, by=by, at=now)


def _invite(form: Any, by: Any) -> Any:
    return attempt(form, invitations.invite, **form.cleaned_data, by=by, at=timezone.now())


STEPS = (
    Step(
        "organisation",
        "Organi\u00adsation",
        "Add this organisation",
        lambda person: Organisation.objects.exists(),
        _organisation_form,
        _add_organisation,
    ),
    Step(
        "service",
        "Service",
        "Add this service",
        lambda person: Service.objects.exists(),
        _service_form,
        _add_service,
    ),
    Step(
        "themes",
        "Themes",
        "Use these themes",
        lambda person: Theme.objects.exists(),
        _themes_form,
        _add_themes,
    ),
    Step(
        "you",
        "You",
        "Add my post",
        lambda person: person.posts.exists(),
        _own_form,
        _add_own_post,
    ),
    Step(
        "invitation",
        "Invitation",
        "Send the invitation",
        lambda person: Invitation.objects.exists(),
        _invitation_form,
        _invite,
    ),
)


@require_GET
def steps(request: PersonRequest) -> HttpResponse:
    """The first step not done yet; when all are, what can be done next."""
    policy.may_set_up(request.user).require()
    shown = [(step, step.done(request.user)) for step in STEPS]
    context = {"steps": shown, "all_done": all(done for _, done in shown)}
    return render(request, "cohorts/setting_up/steps.html", context)


@require_http_methods(["GET", "POST"])
def step(request: PersonRequest, name: str) -> HttpResponse:
    policy.may_set_up(request.user).require()
    place = next((n for n, one in enumerate(STEPS) if one.name == name), None)
    if place is None:
        raise Http404("There is no such step.")
    now = STEPS[place]
    onward = _onward(place)
    form = now.form(request)
    if form is None:
        messages.info(request, "First add an organisation and a service.")
        return redirect("cohorts:start_steps")
    if request.method == "POST" and form.is_valid() and now.act(form, request.user):
        messages.success(request, "Done.")
        return redirect(onward)
    context = {
        "step": now,
        "form": form,
        "onward": onward,
        "progress": _progress(place, request.user),
        "number": place + 1,
        "count": len(STEPS),
    }
    return render(request, "cohorts/setting_up/step.html", context)


def _onward(place: int) -> str:
    """Where a step leads, done or skipped."""
    if place + 1 < len(STEPS):
        return reverse("cohorts:start_step", args=[STEPS[place + 1].name])
    return reverse("cohorts:start_steps")


def _progress(place: int, person: Any) -> list[dict[str, str]]:
    rows = []
    for number, one in enumerate(STEPS):
        state = "now" if number == place else "done" if one.done(person) else ""
        rows.append({"label": one.label, "state": state})
    return rows
