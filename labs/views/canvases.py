from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from labs.actions import canvases as actions
from labs.canvas_drawing import drawn
from labs.forms.tools import AnswerForm, ShareForm
from labs.models import Barrier, Canvas, CanvasAnswer, CanvasShare, Tool
from labs.policy.tools import may_share, may_write
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of

from .tools import first_open


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What one filled in; or, under another tab, what others share with one."""
    person: Any = request.user
    of_others = request.GET.get("of") == "others"
    seen = Canvas.objects.visible_to(person).for_list()
    found = seen.exclude(author=person) if of_others else seen.filter(author=person)
    context = {
        "of_others": of_others,
        "page": page_by_key(found, request.GET.get("page", ""), key=("changed_at", "id")),
    }
    return render(request, "labs/canvases/list.html", context)


@require_safe
def canvas(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole on one page, with its picture."""
    person: Any = request.user
    found = _visible(request, pk)
    mine = found.author_id == person.pk
    context = _whole(found) | {
        "mine": mine,
        "threads": threads_of(found, person),
        "shares": _shares(found) if mine else [],
        "next": first_open(found) if mine and found.state == Canvas.State.BEGUN else None,
    }
    return render(request, "labs/canvases/detail.html", context)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the printer."""
    return render(request, "labs/canvases/sheet.html", _whole(_visible(request, pk)))


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One question. Going on and going back both keep what was typed."""
    person: Any = request.user
    canvases = Canvas.objects.visible_to(person)
    own = CanvasAnswer.objects.filter(canvas__in=canvases).select_related("canvas")
    found = get_object_or_404(own, pk=pk)
    may_write(person, found.canvas).require()
    answers = list(found.canvas.answers.all())  # type: ignore[attr-defined]
    at = answers.index(found)
    form: Any = open_form(
        AnswerForm,
        request,
        answer=found,
        initial={"words": found.words, "version": found.version},
    )
    now = None
    if form.is_bound and form.is_valid():
        try:
            actions.answer(answer=found, by=person, at=timezone.now(), **form.cleaned_data)
        except actions.EditedMeanwhile as meanwhile:
            now = meanwhile.now
            form.data = form.data.copy()
            form.data["version"] = str(now.version)
        else:
            way = _way_on(request, form, found.canvas, answers, at)
            if way is not None:
                return way
    context = {
        "form": form,
        "answer": found,
        "now": now,
        "canvas": found.canvas,
        "number": at + 1,
        "many": len(answers),
        "before": answers[at - 1] if at else None,
        "last": at + 1 == len(answers),
        "threads": threads_of(found.canvas, person),
    }
    return render(request, "labs/canvases/answer.html", context)


def _way_on(
    request: HttpRequest, form: Any, canvas: Canvas, answers: list[Any], at: int
) -> HttpResponse | None:
    """Where the button leads; None when it could not be finished."""
    if "back" in request.POST and at:
        return redirect(answers[at - 1])
    if "later" in request.POST:
        messages.success(request, "Kept. Go on whenever you like: only you see it.")
        return redirect(canvas)
    if at + 1 < len(answers):
        return redirect(answers[at + 1])
    done = attempt(
        form,
        actions.finish,
        canvas=canvas,
        by=request.user,
        at=timezone.now(),
    )
    return redirect(canvas) if done else None


@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """With a person, by name. They can read it until it is no longer shared."""
    person: Any = request.user
    found = _visible(request, pk)
    may_share(person, found).require()
    form = open_form(ShareForm, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, actions.share, canvas=found, **given):
            name = form.cleaned_data["person"].name
            messages.success(request, f"Shared. {name} can read it now, and is told.")
            return redirect(found)
    context = {"form": form, "canvas": found, "shares": _shares(found)}
    return render(request, "labs/canvases/sharing.html", context)


@require_POST
def unsharing(request: HttpRequest, pk: int) -> HttpResponse:
    """By the number of the share."""
    shares = CanvasShare.objects.filter(canvas__in=Canvas.objects.visible_to(request.user))
    shared = get_object_or_404(shares.select_related("canvas", "person"), pk=pk)
    person: Any = request.user
    actions.stop_sharing(shared=shared, by=person, at=timezone.now())
    messages.success(request, "No longer shared with them.")
    return redirect(shared.canvas)


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_write(person, found).require()
    if request.method == "POST":
        actions.remove(canvas=found, by=person, at=timezone.now())
        messages.success(request, "Removed.")
        return redirect("labs:canvases")
    context = {"canvas": found, "shares": _shares(found)}
    return render(request, "labs/canvases/removal.html", context)


@require_http_methods(["GET", "POST"])
def barrier_thinking(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an exercise to think a barrier through with."""
    barriers = Barrier.objects.visible_to(request.user).defer("search", "kind")
    found = get_object_or_404(barriers, pk=pk)
    return start_from(request, found)


def start_from(request: HttpRequest, thing: Any) -> HttpResponse:
    """The page that lists exercises to begin on `thing`, which the caller has made sure is seen."""
    person: Any = request.user
    offered = Tool.objects.visible_to(person).offered()
    if request.method == "POST":
        number = request.POST.get("tool", "")
        chosen = get_object_or_404(offered, pk=int(number) if _is_number(number) else 0)
        made = actions.begin(tool=chosen, started_from=thing, by=person, at=timezone.now())
        return redirect(first_open(made))
    context = {"thing": thing, "noun": thing._meta.verbose_name, "tools": offered.for_list()[:40]}
    return render(request, "labs/canvases/starting.html", context)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _visible(request: HttpRequest, pk: int) -> Canvas:
    return get_object_or_404(Canvas.objects.visible_to(request.user).for_detail(), pk=pk)


def _whole(found: Canvas) -> dict[str, Any]:
    answers = list(found.answers.all())  # type: ignore[attr-defined]
    return {"canvas": found, "answers": answers, "drawing": drawn(found.drawing, answers)}


def _shares(found: Canvas) -> list[CanvasShare]:
    return list(found.shares.select_related("person"))  # type: ignore[attr-defined]
