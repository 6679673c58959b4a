from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.meanwhile import ChangedMeanwhile
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of
from wins.actions import outcomes as actions
from wins.forms.outcomes import OutcomeForm
from wins.models import Outcome
from wins.models.things import MODELS
from wins.policy.outcomes import (
    may_ask,
    may_edit_outcome,
    may_formulate,
    may_remove_outcome,
    may_rethink,
)

from .things import visible_thing

MOST_DRAFTS = 10


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Outcomes, newest first, each with what those who know of it answered; above them one's own
    drafts and what one took back."""
    found = Outcome.objects.visible_to(request.user).shown().for_list()
    page = page_by_key(found, request.GET.get("page", ""), key=("formulated_at", "id"))
    own = Outcome.objects.filter(author=request.user).exclude(pk__in=Outcome.objects.shown())
    context = {"page": page, "unfinished": list(own.order_by("-made_at")[:MOST_DRAFTS])}
    return render(request, "wins/outcomes/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Begin an outcome; where the link that led here says so, of what it came of."""
    key = request.GET.get("of", "")
    kind, _, number = key.partition("-")
    known = kind in MODELS and number.isascii() and number.isdigit() and len(number) < 19
    thing = visible_thing(request, key, tuple(MODELS)) if known else None
    form = open_form(OutcomeForm, request, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        made = actions.draft(by=request.user, at=timezone.now(), came_of=thing, **form.telling)
        messages.success(request, "Kept as a draft. Only you see it.")
        return redirect(made)
    return render(request, "wins/outcomes/form.html", {"form": form, "thing": thing})


@require_safe
def outcome(request: PersonRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    mine = one.author_id == request.user.pk
    asked = list(one.substantiations.all())  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "outcome": one,
        "mine": mine,
        "answers": [row for row in asked if row.is_answered],
        "threads": threads_of(one, request.user),
    }
    if mine:
        context |= {
            "waiting": [row for row in asked if row.state == row.State.ASKED],
            "may_show": may_formulate(request.user, one),
            "may_rethink": may_rethink(request.user, one),
            "may_remove": may_remove_outcome(request.user, one),
            "may_ask": may_ask(request.user, one),
        }
    return render(request, "wins/outcomes/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a draft. Opened on older words, it shows both instead of overwriting."""
    one = visible(request, pk)
    may_edit_outcome(request.user, one).require()
    now = {name: getattr(one, name) for name in (*actions.FIELDS, "version")}
    form, meanwhile = open_form(OutcomeForm, request, today=timezone.localdate(), initial=now), None
    if form.is_bound and form.is_valid():
        given = {"version": form.cleaned_data["version"] or 0, **form.telling}
        try:
            actions.edit(outcome=one, by=request.user, at=timezone.now(), **given)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            again: Any = request.POST.copy()
            again["version"] = str(meanwhile.version)
            form.data = again
        else:
            messages.success(request, "Saved.")
            return redirect(one)
    context = {"form": form, "outcome": one, "meanwhile": meanwhile}
    return render(request, "wins/outcomes/form.html", context, status=409 if meanwhile else 200)


def visible(request: PersonRequest, pk: int) -> Outcome:
    return get_object_or_404(Outcome.objects.visible_to(request.user).for_detail(), pk=pk)
