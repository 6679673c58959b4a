"""Experiments and decisions of a lab."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from labs import lab_page
from labs.actions.labs import trying
from labs.forms.lab_work import DecisionForm, ExperimentForm, OutcomeForm, ReviewForm
from labs.models import Decision, Experiment
from labs.policy import labs as policy
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.page_parts import parts
from systemschangers.kernel.threads import threads_of

from .lab_work import thing_inside
from .labs import inside

FIELDS = ("try_what", "expect", "by_when")


@require_http_methods(["GET", "POST"])
def experiment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The first of a chain, or, with ?follows=, the next cycle of one."""
    person: Any = request.user
    lab, seat = inside(request, pk)
    policy.may_write(seat, lab).require()
    number, before = request.GET.get("follows", ""), None
    if number:
        of_lab = Experiment.objects.filter(lab=lab)
        before = get_object_or_404(of_lab, pk=int(number) if number.isdecimal() else 0)
    form: Any = open_form(ExperimentForm, request)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in FIELDS} | {"follows": before}
        made = attempt(form, trying.try_out, lab=lab, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, "Written. Come back when you have tried it.")
            return redirect(made)
    context = {"form": form, "lab": lab, "before": before}
    return render(request, "labs/experiments/form.html", context)


@require_http_methods(["GET", "POST"])
def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    """A cycle in its chain; while it is tried, what was noticed is asked."""
    person: Any = request.user
    found, lab, seat = thing_inside(request, Experiment, pk)
    may_write = policy.may_write(seat, lab)
    form: Any = open_form(OutcomeForm, request)
    if request.method == "POST":
        may_write.require()
        if form.is_valid():
            given = form.cleaned_data | {"by": person, "at": timezone.now()}
            trying.decide(experiment=found, **given)
            messages.success(request, "Written down.", extra_tags=f"undo:{request.path}trying-on/")
            return redirect(found)
    today = timezone.localdate()
    chain = lab_page.chain_with(found, today)
    context = {
        "experiment": found,
        "lab": lab,
        "chain": chain,
        "form": form if may_write and found.state == Experiment.State.TRYING else None,
        "may_write": may_write,
        "may_change": found.state == Experiment.State.TRYING
        and policy.may_change(seat, lab, found.made_by),
        "may_follow": may_write
        and chain.last.pk == found.pk
        and found.state != Experiment.State.TRYING,
        "threads": threads_of(found, person),
        "parts": parts(person, found),
    }
    return render(request, "labs/experiments/detail.html", context)


@require_http_methods(["GET", "POST"])
def experiment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, lab, seat = thing_inside(request, Experiment, pk)
    policy.may_change(seat, lab, found.made_by).require()
    initial = {name: getattr(found, name) for name in (*FIELDS, "version")}
    form: Any = open_form(ExperimentForm, request, initial=initial)
    meanwhile = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        try:
            if attempt(form, trying.change, experiment=found, **given):
                messages.success(request, "Saved.")
                return redirect(found)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(meanwhile)
    context = {"form": form, "lab": lab, "experiment": found, "meanwhile": meanwhile}
    return render(request, "labs/experiments/form.html", context, status=409 if meanwhile else 200)


@require_POST
def trying_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided about a cycle."""
    person: Any = request.user
    found, _, _ = thing_inside(request, Experiment, pk)
    trying.try_on(experiment=found, by=person, at=timezone.now())
    messages.success(request, "It is being tried again.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    lab, seat = inside(request, pk)
    policy.may_write(seat, lab).require()
    form: Any = open_form(DecisionForm, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        made = attempt(form, trying.make_decision, lab=lab, **given)
        if made:
            messages.success(request, "Decided. It comes back on the day you chose.")
            return redirect(lab)
    return render(request, "labs/decisions/form.html", {"form": form, "lab": lab})


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a decision again: it stands until another day, or no longer does."""
    person: Any = request.user
    found, lab, seat = thing_inside(request, Decision, pk)
    may_write = policy.may_write(seat, lab)
    stands = found.state == Decision.State.STANDS
    form: Any = open_form(ReviewForm, request) if may_write and stands else None
    if request.method == "POST":
        may_write.require()
        form = form or ReviewForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            given = {"stands": said["verdict"] == "stands", "review_on": said["review_on"]}
            given |= {"words": said["words"], "by": person, "at": timezone.now()}
            if attempt(form, trying.review, decision=found, **given):
                messages.success(request, "Looked at.")
                return redirect(lab)
    context = {
        "decision": found,
        "lab": lab,
        "form": form,
        "back": found.is_back(timezone.localdate()),
    }
    return render(request, "labs/decisions/detail.html", context)
