from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import learning_calls as actions
from cohorts.call_lists import due_in, of_pair, own_partners, partnered_by
from cohorts.forms.learning_calls import LearningCallForm, answers_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.models import LearningCall
from cohorts.policy.learning_calls import (
    may_carry_on_call,
    may_log_call,
    may_plan_call,
    may_write_call,
)
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key

from .paging import page_by_name

State = LearningCall.State


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Whom I call this month; and who calls me."""
    person: Any = request.user
    now = timezone.now()
    month = timezone.localdate(now).replace(day=1)
    everybody = request.GET.get("show") == "all"
    partnered = partnered_by(person)
    found = partnered if everybody else due_in(partnered, month)
    here = reverse("cohorts:learning_calls")
    page = page_by_name(found, request)
    context = {
        "page": page,
        "is_partner": bool(page.rows) or partnered.exists(),
        "own": list(own_partners(person)[:10]),
        "everybody": everybody,
        "month": month,
        "now": now,
        "tabs": [
            {"label": "Due this month", "url": here, "current": not everybody},
            {"label": "Everybody", "url": f"{here}?show=all", "current": everybody},
        ],
    }
    return render(request, "cohorts/learning_calls/list.html", context)


@require_safe
def of_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The calls of two people, the latest first."""
    person: Any = request.user
    member = get_object_or_404(of_pair(person), pk=pk)
    found = LearningCall.objects.visible_to(person).filter(membership=member).for_list()
    planned = found.planned().first()
    past = found.exclude(state=State.PLANNED)
    context = {
        "member": member,
        "mine": member.person_id == person.pk,
        "planned": planned,
        "page": page_by_key(past, request.GET.get("page", ""), key=("made_at", "id")),
        "may": may_plan_call(person, member) or may_log_call(person, member),
        "now": timezone.now(),
    }
    return render(request, "cohorts/learning_calls/of_member.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a call, or write down one that was: the day says which."""
    person: Any = request.user
    member = get_object_or_404(of_pair(person), pk=pk)
    may_log_call(person, member).require()
    form: Any = open_form(LearningCallForm, request, may_plan=may_plan_call(person, member))
    if request.method == "POST" and form.is_valid():
        common = {"membership": member, "said": form.said, "by": person, "at": timezone.now()}
        if form.planned_for:
            made = attempt(form, actions.plan, planned_for=form.planned_for, **common)
        else:
            made = attempt(form, actions.log, held_on=form.held_on, **common)
        if made:
            messages.success(request, _done(made, person))
            return redirect(made)
    planned = LearningCall.objects.visible_to(person).planned().filter(membership=member).first()
    context = {"form": form, "member": member, "other": _other(member, person), "planned": planned}
    return render(request, "cohorts/learning_calls/form.html", context)


@require_safe
def learning_call(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    context = {
        "call": found,
        "other": _other_of(found, person),
        "due": found.is_due(timezone.now()),
        "may_carry_on": may_carry_on_call(person, found),
        "lenses": _lenses(found),
    }
    return render(request, "cohorts/learning_calls/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form: move a planned call, write it down, or change the words of one that was."""
    person: Any = request.user
    found = _visible(request, pk)
    may_write_call(person, found).require()
    held = found.state == State.HELD
    may_plan = may_carry_on_call(person, found)
    initial = answers_of(found)
    form: Any = open_form(LearningCallForm, request, held=held, may_plan=may_plan, initial=initial)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        common = {"call": found, "said": form.said, "version": form.cleaned_data["version"]}
        common |= {"by": person, "at": timezone.now()}
        try:
            if form.planned_for:
                done = attempt(form, actions.move, planned_for=form.planned_for, **common)
            else:
                action = actions.correct if held else actions.hold
                done = attempt(form, action, held_on=form.held_on, **common)
        except ChangedMeanwhile as changed:
            meanwhile, done = changed.now, None
            form.now_on(meanwhile)
        if done:
            messages.success(request, _done(done, person))
            return redirect(done)
    context = {
        "form": form,
        "call": found,
        "member": found.membership,
        "other": _other_of(found, person),
        "meanwhile": meanwhile,
        "lenses": _lenses(meanwhile) if meanwhile else [],
    }
    status = 409 if meanwhile else 200
    return render(request, "cohorts/learning_calls/form.html", context, status=status)


@require_POST
def missing(request: HttpRequest, pk: int) -> HttpResponse:
    """It did not happen, or will not."""
    person: Any = request.user
    found = _visible(request, pk)
    actions.miss(call=found, by=person, at=timezone.now())
    messages.success(request, "Noted. You can plan it again whenever it suits you both.")
    return redirect(found)


def _done(call: LearningCall, person: Any) -> str:
    other = _other_of(call, person)
    if call.state == State.PLANNED:
        return f"Planned. {other} is told."
    return f"Written down. {other} can read it, and nobody else."


def _lenses(call: LearningCall) -> list[tuple[str, str]]:
    said = [
        ("Me", call.me),
        ("My organisation", call.organisation),
        ("The wider system", call.system),
        ("One next step", call.next_step),
    ]
    return [(label, words) for label, words in said if words]


def _other(member: Any, person: Any) -> Any:
    return member.learning_partner if member.person_id == person.pk else member.person


def _other_of(call: LearningCall, person: Any) -> Any:
    return call.partner if call.membership.person_id == person.pk else call.membership.person


def _visible(request: HttpRequest, pk: int) -> LearningCall:
    return get_object_or_404(LearningCall.objects.visible_to(request.user).for_list(), pk=pk)
