from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions import commitments as actions
from cohorts.forms.commitments import JudgementForm
from cohorts.forms.leader_requests import WordsForm
from cohorts.forms.words import attempt
from cohorts.models import Commitment
from cohorts.policy.commitments import may_judge, may_view_as_leader
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.page_parts import parts


@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise, how each side sees it, and the reader’s own say in it."""
    person: Any = request.user
    found = get_object_or_404(Commitment.objects.visible_to(person).for_detail(), pk=pk)
    now = timezone.now()
    judges = may_judge(person, found)
    views = may_view_as_leader(person, found, now)
    form: Any = None
    if judges:
        initial = {"state": found.state, "words": found.workers_view}
        form = open_form(JudgementForm, request, initial=initial)
    elif views:
        initial = {"words": found.leaders_view}
        form = open_form(WordsForm, request, label="How you see it", initial=initial)
    if request.method == "POST":
        if form is None:
            judges.require()
        act = actions.judge if judges else actions.give_leaders_view
        if form.is_valid() and attempt(
            form, act, commitment=found, **form.cleaned_data, by=person, at=now
        ):
            messages.success(request, "Saved. The other side is told.")
            return redirect("cohorts:leader_request", found.request_id)
    context = {"it": found, "form": form, "judges": judges, "today": timezone.localdate(now)}
    context["parts"] = parts(person, found)
    return render(request, "cohorts/commitments/detail.html", context)
