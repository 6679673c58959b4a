from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions.leader_requests import asking
from cohorts.forms.leader_requests import LeaderRequestForm, SendForm, answers_of
from cohorts.forms.words import attempt
from cohorts.leader_standing import history, standing
from cohorts.line_managers import line_manager_of
from cohorts.models import Leader, LeaderRequest
from cohorts.policy.decisions import may_ask_manager
from cohorts.policy.leader_requests import may_carry_on, may_take_along
from cohorts.working_days import LONG_OVERDUE_AFTER, working_days_before
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of

from .decisions import back_to
from .leader_panels import OFFERS, Panel, panel, panels, steps_for

State = LeaderRequest.State
SHOWN = {"mine": "Mine", "others": "Others’", "late": "Long overdue"}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Mine, those of others I have a part in, and what waits too long."""
    person: Any = request.user
    now = timezone.now()
    found = LeaderRequest.objects.visible_to(person).for_list()
    show = request.GET.get("show", "")
    if show not in SHOWN:
        mine = found.filter(worker=person).exists() or not found.exists()
        show = "mine" if mine else "others"
    if show == "late":
        last = working_days_before(timezone.localdate(now), LONG_OVERDUE_AFTER)
        waits = Q(state__in=[State.AWAITING_MANAGER, State.AWAITING_LEADER])
        found = found.exclude(worker=person).filter(waits, waiting_since__date__lte=last)
    else:
        found = found.filter(worker=person) if show == "mine" else found.exclude(worker=person)
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"))
    here = reverse("cohorts:leader_requests")
    context = {
        "page": page,
        "rows": [(one, standing(one, now)) for one in page],
        "show": show,
        "may_ask": may_ask_manager(person),
        "tabs": [
            {"label": label, "url": f"{here}?show={key}", "current": key == show}
            for key, label in SHOWN.items()
        ],
    }
    return render(request, "cohorts/leader_requests/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_ask_manager(person).require()
    initial = {"leader": request.GET.get("leader")}
    form = open_form(LeaderRequestForm, request, worker=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, asking.draft, **form.cleaned_data, by=person, at=timezone.now())
        if made:
            return redirect("cohorts:leader_request_check", made.pk)
    context = {"form": form, "manager": line_manager_of(person)}
    return render(request, "cohorts/leader_requests/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    it = _own_draft(request, pk)
    form: Any = open_form(LeaderRequestForm, request, worker=request.user, initial=answers_of(it))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, asking.change, request=it, **given, by=request.user, at=timezone.now()):
            return redirect("cohorts:leader_request_check", pk)
    context = {"form": form, "it": it, "manager": it.manager}
    return render(request, "cohorts/leader_requests/form.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it over; sending is a press on this page."""
    it = _own_draft(request, pk)
    now = timezone.now()
    form: Any = open_form(SendForm, request)
    if request.method == "POST" and form.is_valid():
        sent = attempt(form, asking.send, request=it, by=request.user, at=now)
        if sent:
            messages.success(request, f"Sent to {sent.manager.name}.")
            return redirect(sent)
    room = Leader.objects.with_room(timezone.localdate(now)).get(pk=it.leader_id).room  # type: ignore[attr-defined]
    context = {
        "it": it,
        "form": form,
        "room": room,
        "answers": _answers(it),
        "manager": line_manager_of(it.worker) or it.manager,
        "threads": threads_of(it, it.worker),
    }
    return render(request, "cohorts/leader_requests/check.html", context)


@require_POST
def throwing_away(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(LeaderRequest.objects.visible_to(request.user), pk=pk)
    asking.throw_away(request=it, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, "The draft is gone.")
    return redirect("cohorts:leader_requests")


@require_GET
def leader_request(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(LeaderRequest.objects.visible_to(request.user).for_detail(), pk=pk)
    return _page(request, it)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step: which one is posted as `step`. Whether it may be taken, the action says."""
    it = get_object_or_404(LeaderRequest.objects.visible_to(request.user).for_detail(), pk=pk)
    key = request.POST.get("step", "")
    if key not in OFFERS:
        raise Http404
    if it.state == State.DRAFT:
        raise WrongState("This is a draft. Send it first.")
    sent = panel(key, it, request.POST)
    if sent.form.is_valid():
        take = OFFERS[key].take
        given: dict[str, Any] = {"request": it, "data": sent.form.cleaned_data}
        if attempt(sent.form, take, **given, by=request.user, at=timezone.now()):
            messages.success(request, "Done. Whoever has it next is told.")
            return back_to(request, "cohorts:leader_request", pk)
    elif key not in steps_for(request.user, it, timezone.now()):  # type: ignore[arg-type]
        raise WrongState("That step can’t be taken now. Look at the request to see who has it.")
    return _page(request, it, bound=sent)


def _page(request: HttpRequest, it: LeaderRequest, bound: Panel | None = None) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    keys = steps_for(person, it, now) if it.state != State.DRAFT else []
    context = {
        "it": it,
        "stands": standing(it, now, with_deputy=True),
        "answers": _answers(it),
        "panels": panels(keys, it, bound=bound),
        "form": bound.form if bound else None,
        "post_to": reverse("cohorts:leader_request_step", args=[it.pk]),
        "dates": list(it.offered_dates.all()) if it.state == State.DATES_OFFERED else [],
        "commitments": list(it.commitments.all()),
        "today": timezone.localdate(now),
        "history": history(it),
        "own": it.worker_id == person.pk,
        "may_take_along": may_take_along(person, it),
        "threads": threads_of(it, person),
    }
    return render(request, "cohorts/leader_requests/detail.html", context)


def _own_draft(request: HttpRequest, pk: int) -> LeaderRequest:
    it = get_object_or_404(LeaderRequest.objects.visible_to(request.user).for_detail(), pk=pk)
    may_carry_on(request.user, it).require()  # type: ignore[arg-type]
    if it.state != State.DRAFT:
        raise WrongState("This request has been sent, so it stays as it was read.")
    return it


def _answers(it: LeaderRequest) -> list[dict[str, Any]]:
    hours = f"{it.hours.normalize():f}"
    rows = (
        ("What the meeting is for", it.purpose, True),
        ("What I have seen from the frontline", it.seen, True),
        ("The question I bring", it.question, True),
        ("Whom I speak for", it.speaks_for, True),
        ("Hours, with travel", hours, False),
        ("Days that suit", it.wished_dates, True),
        ("How the work is covered", it.cover, True),
    )
    return [{"label": label, "value": value, "words": words} for label, value, words in rows]
