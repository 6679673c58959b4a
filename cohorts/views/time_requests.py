from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts import ledger
from cohorts.actions import time_requests as actions
from cohorts.clock_words import hours_in_words
from cohorts.forms.time_requests import TimeAnswerForm, TimeDecisionForm, TimeRequestForm
from cohorts.forms.words import attempt
from cohorts.hours import Asked, month_of
from cohorts.line_managers import line_manager_of
from cohorts.models import TimeRequest
from cohorts.policy.decisions import may_decide
from cohorts.policy.time_requests import may_answer, may_ask_for_time, may_tell, may_withdraw
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key

from .decisions import back_to

State = TimeRequest.State
TO_TELL = 5


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own time: this month's hours, what to tell of, and every request, latest day first."""
    person: Any = request.user
    now = timezone.now()
    own = TimeRequest.objects.filter(worker=person)
    untold = own.filter(state=State.APPROVED, ends_at__lte=now, leader_request=None)
    untold = untold.exclude(peer_place__meeting__state="arranged")
    context = {
        "month": ledger.of_worker(person, [month_of(now)])[0],
        "untold": list(untold.order_by("starts_at", "id")[:TO_TELL]),
        "page": page_by_key(own, request.GET.get("page", ""), key=("starts_at", "id")),
        "now": now,
    }
    return render(request, "cohorts/time_requests/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may = may_ask_for_time(person)
    if request.method == "POST":
        may.require()
    form = open_form(TimeRequestForm, request)
    if form.is_bound and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("purpose", "slots", "cover", "note")}
        asked = attempt(form, actions.ask, **wanted, by=person, at=timezone.now())
        if asked:
            messages.success(request, f"Asked. {asked[0].manager} has been told.")
            return redirect("cohorts:time_request", asked[0].pk)
    context = {
        "form": form,
        "may": may,
        "manager": line_manager_of(person),
        "month": ledger.of_worker(person, [month_of(timezone.now())])[0],
    }
    return render(request, "cohorts/time_requests/form.html", context)


@require_safe
def time_request(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), TimeDecisionForm(auto_id="%s-page"))


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, ask for more, or decline: the button says which."""
    person: Any = request.user
    found = _visible(request, pk)
    form = TimeDecisionForm(request.POST, auto_id="%s-page")
    if form.is_valid():
        given = form.cleaned_data
        common = {"request": found, "words": given["words"], "alone": given["alone"]}
        common |= {"by": person, "at": timezone.now()}
        if given["decision"] == "decline":
            done = attempt(form, actions.decline, **common, ground=given["ground"])
        elif given["decision"] == "more":
            done = attempt(form, actions.ask_for_more, **common)
        else:
            done = attempt(form, actions.approve, **common)
        if done:
            messages.success(request, _said(done))
            return back_to(request, "cohorts:time_request", pk)
    return _page(request, found, form)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_answer(person, found).require()
    if found.state not in TimeRequest.ANSWER.sources:
        raise WrongState(
            f"This request is “{found.get_state_display()}” now. Nothing waits for an answer."
        )
    form = open_form(TimeAnswerForm, request, initial={"cover": found.cover})
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        actions.answer(request=found, **given, by=person, at=timezone.now())
        messages.success(request, f"Sent. {found.manager} has been told.")
        return redirect("cohorts:time_request", pk)
    return render(request, "cohorts/time_requests/answer.html", {"form": form, "asked": found})


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    done = actions.withdraw(request=_visible(request, pk), by=person, at=timezone.now())
    messages.success(request, f"Withdrawn. {done.manager} has been told.")
    return redirect("cohorts:time_request", pk)


@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Afterwards, one tap: taken, or lost to cover. The other tap corrects it."""
    person: Any = request.user
    found = _visible(request, pk)
    lost = request.POST.get("outcome") == "lost"
    action = actions.lose if lost else actions.take
    try:
        action(request=found, by=person, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Noted: lost to cover." if lost else "Noted: taken.")
    return redirect("cohorts:time_request", pk)


def _page(request: HttpRequest, found: TimeRequest, form: TimeDecisionForm) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    mine, state = found.worker_id == person.pk, found.state
    slots = [found]
    if found.series:
        series = TimeRequest.objects.filter(series=found.series).for_list().with_hours()
        slots = list(series.order_by("starts_at"))
    waits_with = [slot for slot in slots if slot.state == state] or [found]
    manager = line_manager_of(found.worker) if mine else found.manager
    context = {
        "asked": found,
        "together": Asked.of(waits_with, now),
        "slots": slots,
        "form": form,
        "mine": mine,
        "may_decide": state in TimeRequest.APPROVE.sources and may_decide(person, found, now),
        "may_ask_more": state in TimeRequest.ASK_MORE.sources,
        "may_answer": mine and state in TimeRequest.ANSWER.sources,
        "may_withdraw": mine
        and state in TimeRequest.WITHDRAW.sources
        and may_withdraw(person, found, now),
        "may_tell": mine
        and state in TimeRequest.TAKE.sources | TimeRequest.LOSE.sources
        and may_tell(person, found, now),
        "left_behind": mine and state in TimeRequest.APPROVE.sources and manager != found.manager,
        "deputy_for": None if found.manager_id == person.pk else found.manager,
    }
    return render(request, "cohorts/time_requests/detail.html", context)


def _said(done: list[TimeRequest]) -> str:
    """“Approved 3 hours for Ana Okafor, who has been told.”"""
    did = {State.APPROVED: "Approved", State.DECLINED: "Declined", State.MORE_ASKED: "Asked about"}
    together = sum(slot.hours for slot in done)
    hours = hours_in_words(together)
    return f"{did[State(done[0].state)]} {hours} for {done[0].worker}, who has been told."


def _visible(request: HttpRequest, pk: int) -> TimeRequest:
    return get_object_or_404(
        TimeRequest.objects.visible_to(request.user).for_list().with_hours(), pk=pk
    )
