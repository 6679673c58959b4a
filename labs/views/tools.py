from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from labs.actions import canvases
from labs.actions import tools as actions
from labs.forms.tools import BeginForm, ToolForm, answers_of
from labs.models import Canvas, Tool
from labs.policy.tools import may_add_tool, may_begin, may_keep_tool
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key

MOST_BEGUN = 3


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The seven, what people here added, and what one began and has not finished."""
    person: Any = request.user
    seen = Tool.objects.visible_to(person).for_list()
    begun = Canvas.objects.filter(author=person, state=Canvas.State.BEGUN)
    context = {
        "built_in": seen.filter(key__isnull=False),
        "page": page_by_key(
            seen.filter(key=None), request.GET.get("page", ""), key=("made_at", "id")
        ),
        "begun": begun.order_by("-changed_at", "-id")[:MOST_BEGUN],
        "may_add": may_add_tool(person),
    }
    return render(request, "labs/tools/list.html", context)


@require_http_methods(["GET", "POST"])
def tool(request: HttpRequest, pk: int) -> HttpResponse:
    """What an exercise is for, how somebody answered it, where it comes from; and begin it."""
    person: Any = request.user
    found = visible(request, pk)
    form = open_form(BeginForm, request)
    if form.is_bound and form.is_valid():
        canvas = canvases.begin(tool=found, by=person, at=timezone.now(), **form.cleaned_data)
        return redirect(first_open(canvas))
    context = {
        "tool": found,
        "questions": found.questions.all(),  # type: ignore[attr-defined]
        "form": form,
        "may_begin": may_begin(person, found),
        "may_keep": may_keep_tool(person, found),
    }
    return render(request, "labs/tools/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_add_tool(person).require()
    form = open_form(ToolForm, request)
    if form.is_bound and form.is_valid():
        made = attempt(form, actions.add, by=person, at=timezone.now(), **form.given)
        if made:
            messages.success(request, "Added. Everyone here can use it.")
            return redirect(made)
    return render(request, "labs/tools/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened on older words, it shows both instead of overwriting."""
    person: Any = request.user
    found = visible(request, pk)
    may_keep_tool(person, found).require()
    form: Any = open_form(ToolForm, request, initial=answers_of(found))
    meanwhile = None
    if form.is_bound and form.is_valid():
        given = form.given | {"version": form.cleaned_data["version"] or 0}
        try:
            actions.change(tool=found, by=person, at=timezone.now(), **given)
        except ValidationError as error:
            form.add_error(None, error)
            if getattr(error, "code", "") == "meanwhile":
                meanwhile = visible(request, pk)
                form.data = form.data.copy()
                form.data["version"] = str(meanwhile.version)
        else:
            messages.success(request, "Saved.")
            return redirect(found)
    context = {"form": form, "tool": found, "meanwhile": meanwhile}
    return render(request, "labs/tools/form.html", context)


@require_POST
def retiring(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer offered; posted with `again`, offered again."""
    person: Any = request.user
    given: dict[str, Any] = {"tool": visible(request, pk), "by": person, "at": timezone.now()}
    if "again" in request.POST:
        found = actions.offer_again(**given)
        messages.success(request, "Offered again.")
    else:
        found = actions.retire(**given)
        messages.success(request, "Retired. What people filled in stays with them.")
    return redirect(found)


def visible(request: HttpRequest, pk: int) -> Tool:
    return get_object_or_404(Tool.objects.visible_to(request.user).for_detail(), pk=pk)


def first_open(canvas: Canvas) -> Any:
    """The first question that is not answered; the first, when all are."""
    answers = list(canvas.answers.all())  # type: ignore[attr-defined]
    return next((one for one in answers if not one.words), answers[0])
