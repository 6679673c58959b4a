"""Links in letters to managers who have never signed in: opening one shows, pressing decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.actions import manager_agreements, manager_links, role_statements, time_requests
from cohorts.audiences.by_link import AGREEMENT, MEETING, ROLE, TIME, UNDECIDED
from cohorts.forms.manager_agreements import AgreementDecisionForm
from cohorts.forms.role_statements import StatementDecisionForm
from cohorts.forms.time_requests import TimeDecisionForm
from cohorts.forms.words import attempt
from cohorts.hours import Asked
from cohorts.leader_standing import history
from cohorts.models import LeaderRequest, ManagerAgreement, RoleStatement, TimeRequest
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look

from .leader_panels import OFFERS, Panel, panel
from .signed_links import for_somebody_else, refused_page


@dataclass(frozen=True)
class Kind:
    """One kind of decision: what it is about, its form, its action, and what its page shows."""

    find: Callable[[], Any]
    form: Callable[[Any, Any], forms.Form]
    act: Callable[..., Any]
    shows: Callable[[Any, forms.Form], dict[str, Any]]
    template: str


def _agree(*, thing: ManagerAgreement, data: dict, **who: Any) -> Any:
    agrees = data["decision"] == "agree"
    act = manager_agreements.agree if agrees else manager_agreements.talk_through
    return act(agreement=thing, words=data["words"], **who)


def _approve(*, thing: TimeRequest, data: dict, **who: Any) -> Any:
    given = {"request": thing, "words": data["words"], "alone": data["alone"]} | who
    if data["decision"] == "decline":
        return time_requests.decline(ground=data["ground"], **given)
    more = data["decision"] == "more"
    return (time_requests.ask_for_more if more else time_requests.approve)(**given)


def _agree_role(*, thing: RoleStatement, data: dict, **who: Any) -> Any:
    agrees = data["decision"] == "agree"
    act = role_statements.agree if agrees else role_statements.talk_through
    return act(statement=thing, words=data["words"], edition=data["edition"], **who)


def _of_agreement(thing: ManagerAgreement, form: forms.Form) -> dict[str, Any]:
    return {"may_talk": thing.state in ManagerAgreement.TALK_THROUGH.sources}


def _of_time(thing: TimeRequest, form: forms.Form) -> dict[str, Any]:
    slots = [thing]
    if thing.series:
        same = TimeRequest.objects.filter(series=thing.series, state=thing.state)
        slots = list(same.for_list().with_hours().order_by("starts_at"))
    return {
        "together": Asked.of(slots, timezone.now()),
        "may_ask_more": thing.state in TimeRequest.ASK_MORE.sources,
        "grounds": form.fields["ground"].choices[1:],  # type: ignore[attr-defined]
    }


def _of_role(thing: RoleStatement, form: forms.Form) -> dict[str, Any]:
    return {"may_talk": thing.state in RoleStatement.TALK_THROUGH.sources}


def _of_meeting(thing: LeaderRequest, form: forms.Form) -> dict[str, Any]:
    return {"panels": [Panel("decide", OFFERS["decide"], form)], "history": history(thing)}


KINDS = {
    AGREEMENT: Kind(
        lambda: ManagerAgreement.objects.for_list().with_standing(),
        lambda thing, data: AgreementDecisionForm(data, auto_id="%s-agreement-page"),
        _agree,
        _of_agreement,
        "agreement",
    ),
    TIME: Kind(
        lambda: TimeRequest.objects.for_list().with_hours(),
        lambda thing, data: TimeDecisionForm(data, auto_id="%s-page"),
        _approve,
        _of_time,
        "time",
    ),
    MEETING: Kind(
        lambda: LeaderRequest.objects.for_detail(),
        lambda thing, data: panel("decide", thing, data).form,
        lambda *, thing, data, **who: OFFERS["decide"].take(request=thing, data=data, **who),
        _of_meeting,
        "meeting",
    ),
    ROLE: Kind(
        lambda: RoleStatement.objects.for_detail(),
        lambda thing, data: StatementDecisionForm(data),
        _agree_role,
        _of_role,
        "role",
    ),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manager_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = look(token, KINDS, at=timezone.now())
        if request.user.is_authenticated and request.user.pk != link.person_id:
            return for_somebody_else(request, link)
        return _page(request, link, token, KINDS[link.purpose])
    except LinkRefused as refused:
        return refused_page(request, refused)


@login_not_required
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/manager_links/done.html")


def _page(request: HttpRequest, link: SignedLink, token: str, kind: Kind) -> HttpResponse:
    thing = _found(link, kind)
    form = kind.form(thing, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = {"token": token, "purpose": link.purpose, "thing": thing}
        given |= {"act": lambda **who: kind.act(thing=thing, data=form.cleaned_data, **who)}
        if attempt(form, manager_links.decide, **given, at=timezone.now()):
            return redirect("cohorts:manager_link_done")
    context = {
        "it": thing,
        "link": link,
        "form": form,
        "post_to": request.path,
        "may_decide": thing.state in UNDECIDED[link.purpose],
        **kind.shows(thing, form),
    }
    return render(request, f"cohorts/manager_links/{kind.template}.html", context)


def _found(link: SignedLink, kind: Kind) -> Any:
    """What the link is about, while it is still theirs to decide: it follows the line manager."""
    thing: Model | None = kind.find().filter(pk=link.target_id, manager=link.person_id).first()
    if thing is None:
        raise LinkRefused("called off", link)
    return thing
