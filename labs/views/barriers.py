from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from labs import barrier_board, barrier_page, barrier_patterns
from labs.actions.barriers import raising
from labs.forms.barriers import EditForm, RaiseForm, SameHereForm, VerdictForm
from labs.models import Barrier
from labs.models.barrier_answers import answers_of
from labs.policy import barriers as policy
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.threads import threads_of

from . import passages
from .barrier_panels import Panel, panels

State = Barrier.State


def visible(request: HttpRequest, pk: int) -> Barrier:
    return get_object_or_404(Barrier.objects.visible_to(request.user).for_detail(), pk=pk)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    board = barrier_board.read(request.GET, person=request.user, today=today)
    return render(request, "labs/barriers/list.html", {"board": board})


@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """What recurs, over what the reader may see."""
    themes = barrier_patterns.by_theme(request.user)
    context = {
        "recurring": barrier_patterns.recurring(request.user),
        "themes": [theme for theme in themes if theme.told],
        "small_themes": [theme for theme in themes if not theme.told],
        "fewest": barrier_patterns.FEWEST,
    }
    return render(request, "labs/barriers/pattern.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_hide = policy.may_hide(person)
    passage = passages.asked_for(request)
    begun = {"what": passage.words} if passage else {}
    form = open_form(RaiseForm, request, person=person, may_hide=bool(may_hide), initial=begun)
    if form.is_bound and form.is_valid():
        given = {"way": form.cleaned_data["way"], "service": form.cleaned_data.get("service")}
        raised = attempt(
            form,
            raising.raise_barrier,
            **given,
            answers=form.answers,
            by=person,
            at=timezone.now(),
        )
        if raised:
            passages.became(request, passage, raised)
            messages.success(request, "Raised. It is on the board.")
            return redirect(raised)
    return render(request, "labs/barriers/form.html", {"form": form, "may_hide": may_hide})


@require_safe
def barrier(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, visible(request, pk))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The raiser's own words, until they are answered. Changed meanwhile: both versions are shown."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_edit(person, found).require()
    form = open_form(EditForm, request, initial=answers_of(found) | {"version": found.version})
    meanwhile = None
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            raising.edit(
                barrier=found, answers=form.answers, version=version, by=person, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            if getattr(error, "code", "") == "meanwhile":
                meanwhile = visible(request, pk)
                again: Any = form.data.copy()  # type: ignore[attr-defined]
                again["version"] = meanwhile.version
                form.data = again
        else:
            messages.success(request, "Saved.")
            return redirect(found)
    context = {"form": form, "barrier": found, "meanwhile": meanwhile}
    return render(request, "labs/barriers/edit.html", context)


def page(
    request: HttpRequest,
    found: Barrier,
    *,
    bound: Panel | None = None,
    same_here: SameHereForm | None = None,
    verdict: VerdictForm | None = None,
) -> HttpResponse:
    """A barrier's page, with a form that has to be mended in its place."""
    person: Any = request.user
    now = timezone.now()
    mine = found.raised_by_id == person.pk
    fellows = barrier_page.fellows(found, person)
    said = next((one for one in fellows if one.person_id == person.pk), None)
    may_answer = policy.may_answer(person, found, now)
    may_say = policy.may_say_same_here(person, found)
    may_judge = mine and found.state in Barrier.REOPEN.sources
    merged = barrier_page.merged_into(found, person)
    context = {
        "barrier": found,
        "mine": mine,
        "raised": barrier_page.raised(found),
        "answers": barrier_page.answers(found),
        "history": barrier_page.history(found),
        "fellows": fellows,
        "said": said if said and said.barrier_id == found.pk else None,
        "merged": merged,
        "into": _into(found, person),
        "handed": barrier_page.handed_down(found),
        "threads": threads_of(found, person),
        "may_answer": may_answer,
        "panels": panels(found, bound) if may_answer else [],
        "may_say": may_say,
        "same_here": same_here
        or (SameHereForm(person=person, initial=_words(said)) if may_say else None),
        "may_judge": may_judge,
        "may_confirm": may_judge and policy.may_confirm(person, found),
        "verdict": verdict or VerdictForm(auto_id="verdict_%s"),
        "may_edit": mine and policy.may_edit(person, found),
        "may_name_holder": found.state not in (State.DUPLICATE, State.SET_ASIDE, State.FIXED)
        and policy.may_name_holder(person, found),
        "may_merge": found.state in Barrier.MERGE.sources
        and not merged
        and policy.may_tidy(person),
        "may_unmerge": found.state == State.DUPLICATE and policy.may_tidy(person),
        "may_set_aside": found.state in Barrier.PUT_ASIDE.sources
        and policy.may_set_aside(person, found),
        "may_put_back": found.state == State.SET_ASIDE and policy.may_put_back(person, found),
        "late": found.is_late(timezone.localdate(now)),
        "form": next(
            (one for one in (bound and bound.form, same_here, verdict) if one is not None), None
        ),
    }
    return render(request, "labs/barriers/detail.html", context)


def _words(said: Any) -> dict[str, Any]:
    return {"words": said.words} if said else {}


def _into(found: Barrier, person: Any) -> Barrier | None:
    """What it was merged into, for those who may see that too."""
    if not found.duplicate_of_id:
        return None
    return Barrier.objects.visible_to(person).filter(pk=found.duplicate_of_id).first()
