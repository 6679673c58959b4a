from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from cohorts.models import Organisation, Service
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from wins import pulse_results
from wins.actions import pulses as actions
from wins.forms.pulses import PulseForm
from wins.impact.periods import quarter_in
from wins.models.pulses import quarter_after, quarter_of, quarter_words
from wins.policy.pulses import may_answer
from wins.pulse_records import beside, beside_all, records_in
from wins.pulse_words import CONDITIONS

MOST_ROUNDS = 8


@require_http_methods(["GET", "POST"])
def answering(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    quarter = quarter_of(timezone.localdate(now))
    may_answer(request.user, quarter).require()
    form = open_form(PulseForm, request)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, actions.answer, steps=form.steps, by=request.user, at=now)
    ):
        messages.success(
            request,
            f"Thank you. What everyone said is shown from {quarter_after(quarter):%-d %B}.",
        )
        return redirect("wins:pulse")
    context = {"form": form, "quarter": quarter_words(quarter), "shown": quarter_after(quarter)}
    return render(request, "wins/pulses/form.html", context)


@require_safe
def pulse(request: PersonRequest) -> HttpResponse:
    """Condition by organisation for one round, or by service of one organisation."""
    this = quarter_of(timezone.localdate())
    said = pulse_results.of_organisations(this, MOST_ROUNDS)
    rounds = list(said)
    when = _chosen(request.GET.get("round", ""), rounds)
    context: dict[str, Any] = {
        "open": quarter_words(this),
        "shown": quarter_after(this),
        "may_answer": may_answer(request.user, this),
        "tabs": [
            {
                "label": quarter_words(one),
                "url": f"?round={one.isoformat()}",
                "current": one == when,
            }
            for one in rounds
        ],
    }
    if when is not None:
        context |= _heat_map(request, when, said[when])
    return render(request, "wins/pulses/page.html", context)


def _heat_map(request: PersonRequest, when: date, chosen: pulse_results.Chosen) -> dict[str, Any]:
    organisation = None
    if key := request.GET.get("of", ""):
        pk = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
        organisation = get_object_or_404(Organisation, pk=pk)
        chosen = pulse_results.of_services(when, organisation.pk)
        names = pulse_results.names_of(Service, pulse_results.groups_in(chosen))
    else:
        names = pulse_results.names_of(Organisation, pulse_results.groups_in(chosen))
    groups: list[int | None] = [None, *names]
    records = beside_all(records_in([when])[quarter_in(when)])
    return {
        "when": when,
        "round": quarter_words(when),
        "organisation": organisation,
        "said": pulse_results.in_words(chosen),
        "columns": names.items(),
        "rows": [
            {
                "condition": one,
                "cells": [pulse_results.cell(chosen, group, one.number) for group in groups],
                "records": records[one.number],
            }
            for one in CONDITIONS
        ],
    }


@require_safe
def condition(request: PersonRequest, number: int) -> HttpResponse:
    """One condition over the rounds, for everyone and each organisation, and what the records show."""
    found = next((one for one in CONDITIONS if one.number == number), None)
    if found is None:
        raise Http404
    chosen = pulse_results.of_organisations(quarter_of(timezone.localdate()), MOST_ROUNDS)
    rounds = sorted(chosen)
    keys = {group for one in chosen.values() for group in pulse_results.groups_in(one)}
    names = pulse_results.names_of(Organisation, keys)
    records = records_in(rounds)
    groups: list[tuple[int | None, str]] = [(None, "Everyone"), *names.items()]
    context = {
        "condition": found,
        "rounds": [quarter_words(one) for one in rounds],
        "rows": [
            (name, [pulse_results.cell(chosen[one], group, number) for one in rounds])
            for group, name in groups
        ],
        "records": [
            (quarter_words(one), beside(found, records[quarter_in(one)])) for one in rounds[::-1]
        ],
    }
    return render(request, "wins/pulses/condition.html", context)


def _chosen(text: str, rounds: list[date]) -> date | None:
    return next((one for one in rounds if one.isoformat() == text), rounds[0] if rounds else None)
