"""The steps of a role statement: each a press of a button on its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.actions import clause_adoptions as adopting
from cohorts.actions import role_statements as actions
from cohorts.forms.role_statements import StatementDecisionForm
from cohorts.forms.roles import SectionAdoptionForm
from cohorts.forms.words import attempt
from cohorts.models import ClauseAdoption

from .decisions import back_to
from .role_statements import page_of, visible


@require_POST
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    done = actions.propose(statement=visible(request, pk), by=person, at=timezone.now())
    messages.success(request, f"Proposed. {done.manager} has been told, and can read it now.")
    return redirect(done)


@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    done = actions.take_back(statement=visible(request, pk), by=person, at=timezone.now())
    messages.success(request, "Taken back. It is a draft that only you see.")
    return redirect(done)


@require_POST
def throwing_away(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    actions.throw_away(statement=visible(request, pk), by=person, at=timezone.now())
    messages.success(request, "Thrown away.")
    return redirect("cohorts:role_statements")


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, or say what needs talking through."""
    person: Any = request.user
    found = visible(request, pk)
    form = StatementDecisionForm(request.POST)
    if form.is_valid():
        agrees = form.cleaned_data["decision"] == "agree"
        action = actions.agree if agrees else actions.talk_through
        given = {name: form.cleaned_data[name] for name in ("words", "edition")}
        done = attempt(form, action, statement=found, **given, by=person, at=timezone.now())
        if done:
            said = "You agreed" if agrees else "You asked to talk it through"
            messages.success(request, f"{said}. {done.worker} has been told.")
            return back_to(request, "cohorts:role_statement", pk)
    return page_of(request, found, form)


@require_POST
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    try:
        made = actions.begin_next(statement=found, by=person, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
    messages.success(request, "This is the next version, as a draft. The agreed one stands.")
    return redirect("cohorts:role_statement_edit", made.pk)


@require_POST
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """It stands in the job description now: an adoption for each clause, in one step."""
    person: Any = request.user
    found = visible(request, pk)
    form = SectionAdoptionForm(request.POST)
    if form.is_valid():
        since, now = form.cleaned_data["since"], timezone.now()
        given: dict[str, Any] = {"statement": found, "since": since, "by": person, "at": now}
        if made := attempt(form, adopting.record_section, **given):
            messages.success(request, _written_down(made))
            return redirect("cohorts:clause_adoptions")
    return page_of(request, found, adopting=form)


def _written_down(made: list[ClauseAdoption]) -> str:
    clauses = "1 clause" if len(made) == 1 else f"{len(made)} clauses"
    employer = made[0].organisation
    return f"Written down: {clauses}. Somebody else of {employer} can confirm them."
