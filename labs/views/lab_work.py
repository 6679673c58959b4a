"""What members write in a lab: sessions, insights, patterns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from labs.actions.labs import agreeing, writing
from labs.forms.lab_work import InsightForm, LabSessionForm, PatternForm, session_answers
from labs.models import Insight, Lab, LabMember, LabSession, Pattern
from labs.policy import labs as policy
from systemschangers.kernel.forms import open_form

from . import passages
from .labs import inside

ASKED_AGAIN = "The words are new, so the others are asked again whether they agree."


def thing_inside(request: HttpRequest, model: Any, pk: int) -> tuple[Any, Lab, LabMember]:
    """A thing of a lab one is in, with the lab and one's seat; 404 for everybody outside."""
    found = model.objects.for_detail().filter(pk=pk).first()
    if found is None:
        raise Http404
    lab, seat = inside(request, found.lab_id)
    return found, lab, seat


def _given(form: Any, *, version: bool = False) -> dict[str, Any]:
    return {name: said for name, said in form.cleaned_data.items() if version or name != "version"}


@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    lab, seat = inside(request, pk)
    policy.may_write(seat, lab).require()
    form: Any = open_form(LabSessionForm, request)
    if form.is_bound and form.is_valid():
        given = form.given | {"by": person, "at": timezone.now()}
        given.pop("version")
        made = attempt(form, writing.plan_session, lab=lab, **given)
        if made:
            messages.success(request, "Saved. Members read it.")
            return redirect(made)
    return render(request, "labs/lab_sessions/form.html", {"form": form, "lab": lab})


@require_http_methods(["GET", "POST"])
def lab_session(request: HttpRequest, pk: int) -> HttpResponse:
    """A session, and its notes to add to."""
    person: Any = request.user
    found, lab, seat = thing_inside(request, LabSession, pk)
    may_write = policy.may_write(seat, lab)
    form: Any = (
        open_form(LabSessionForm, request, initial=session_answers(found)) if may_write else None
    )
    meanwhile = None
    if request.method == "POST":
        may_write.require()
        if form.is_valid():
            given = form.given | {"by": person, "at": timezone.now()}
            try:
                if attempt(form, writing.change_session, session=found, **given):
                    messages.success(request, "Saved.")
                    return redirect(found)
            except ChangedMeanwhile as changed:
                meanwhile = changed.now
                form.now_on(meanwhile)
    context = {"session": found, "lab": lab, "form": form, "meanwhile": meanwhile}
    status = 409 if meanwhile else 200
    return render(request, "labs/lab_sessions/detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def insight_new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    lab, seat = inside(request, pk)
    policy.may_write(seat, lab).require()
    passage = passages.asked_for(request)
    form: Any = open_form(InsightForm, request, initial={"words": passage.words} if passage else {})
    if form.is_bound and form.is_valid():
        given = _given(form) | {"by": person, "at": timezone.now()}
        made = attempt(form, writing.write_insight, lab=lab, **given)
        if made:
            passages.became(request, passage, made)
            messages.success(request, "Written. Members of the lab read it.")
            return redirect(made)
    return render(request, "labs/insights/form.html", {"form": form, "lab": lab, "seat": seat})


@require_http_methods(["GET", "POST"])
def insight_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, lab, seat = thing_inside(request, Insight, pk)
    policy.may_change(seat, lab, found.made_by).require()
    initial = {name: getattr(found, name) for name in ("words", "lens", "version")}
    form: Any = open_form(InsightForm, request, initial=initial)
    meanwhile = None
    if form.is_bound and form.is_valid():
        given = _given(form, version=True) | {"by": person, "at": timezone.now()}
        try:
            if attempt(form, writing.change_insight, insight=found, **given):
                messages.success(request, "Saved.")
                return redirect(found)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(meanwhile)
    context = {"form": form, "lab": lab, "seat": seat, "insight": found, "meanwhile": meanwhile}
    return render(request, "labs/insights/form.html", context, status=409 if meanwhile else 200)


@require_POST
def insight_removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, lab, _ = thing_inside(request, Insight, pk)
    writing.remove_insight(insight=found, by=person, at=timezone.now())
    messages.success(request, "The insight is gone.")
    return redirect(lab)


@require_http_methods(["GET", "POST"])
def pattern_new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    lab, seat = inside(request, pk)
    policy.may_write(seat, lab).require()
    form: Any = open_form(PatternForm, request, lab=lab)
    if form.is_bound and form.is_valid():
        given = {"sentence": form.cleaned_data["sentence"], "insights": form.chosen}
        given |= {"by": person, "at": timezone.now()}
        made = attempt(form, writing.agree_pattern, lab=lab, **given)
        if made:
            messages.success(request, "Written. You agree with it. The others can say so too.")
            return redirect(made)
    return render(request, "labs/patterns/form.html", {"form": form, "lab": lab})


@require_http_methods(["GET", "POST"])
def pattern_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, lab, seat = thing_inside(request, Pattern, pk)
    policy.may_write(seat, lab).require()
    initial = {"sentence": found.sentence, "version": found.version}
    initial["insights"] = list(found.insights.values_list("pk", flat=True))
    form: Any = open_form(PatternForm, request, lab=lab, initial=initial)
    meanwhile = None
    if form.is_bound and form.is_valid():
        given = {"sentence": form.cleaned_data["sentence"], "insights": form.chosen}
        given |= {"version": form.cleaned_data["version"], "by": person, "at": timezone.now()}
        try:
            changed = attempt(form, writing.change_pattern, pattern=found, **given)
            if changed:
                lapsed = changed.lapsed_at == given["at"]
                messages.success(request, f"Saved. {ASKED_AGAIN}" if lapsed else "Saved.")
                return redirect(found)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(meanwhile)
    context = {"form": form, "lab": lab, "pattern": found, "meanwhile": meanwhile}
    return render(request, "labs/patterns/form.html", context, status=409 if meanwhile else 200)


@require_POST
def pattern_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that one agrees; posted with `undo`, no longer."""
    person: Any = request.user
    found, _, _ = thing_inside(request, Pattern, pk)
    if "undo" in request.POST or request.GET.get("undo"):
        agreeing.take_back_agreement(pattern=found, by=person, at=timezone.now())
        messages.success(request, "Taken back. You no longer agree with this sentence.")
        return redirect(found)
    read = request.POST.get("version", "")
    version = int(read) if read.isdecimal() else 0
    try:
        agreeing.agree(pattern=found, version=version, by=person, at=timezone.now())
    except ChangedMeanwhile:
        messages.warning(request, "The sentence was changed meanwhile. Read it again first.")
    else:
        undo = f"undo:{request.path}?undo=1"
        messages.success(request, "You agree with this sentence.", extra_tags=undo)
    return redirect(found)


@require_POST
def pattern_removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, lab, _ = thing_inside(request, Pattern, pk)
    writing.remove_pattern(pattern=found, by=person, at=timezone.now())
    messages.success(request, "The sentence is gone; its insights are still there.")
    return redirect(lab)
