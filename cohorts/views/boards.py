from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import boards as actions
from cohorts.forms.boards import BoardForm, answers_of
from cohorts.forms.words import attempt
from cohorts.models import Board
from cohorts.policy.boards import may_change_boards
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.page_parts import parts

from .paging import page_by_name


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    boards = Board.objects.visible_to(request.user).for_list()
    context = {
        "page": page_by_name(boards, request),
        "may_change": may_change_boards(request.user),  # type: ignore[arg-type]
    }
    return render(request, "cohorts/boards/list.html", context)


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Board.objects.visible_to(person).for_list(), pk=pk)
    context = {
        "shown": shown,
        "may_change": may_change_boards(person),
        "parts": parts(person, shown),
    }
    return render(request, "cohorts/boards/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_change_boards(person).require()
    form = open_form(BoardForm, request)
    if request.method == "POST" and form.is_valid():
        added = attempt(form, actions.add, **form.cleaned_data, by=person, at=timezone.now())
        if added:
            messages.success(request, f"{added.name} is in the list.")
            return redirect(added)
    return render(request, "cohorts/boards/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Board.objects.visible_to(person).for_list(), pk=pk)
    may_change_boards(person).require()
    form = open_form(BoardForm, request, initial=answers_of(shown))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.change, board=shown, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved.")
            return redirect(shown)
    return render(request, "cohorts/boards/form.html", {"form": form, "shown": shown})


@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Board.objects.visible_to(person), pk=pk)
    actions.retire(board=shown, by=person, at=timezone.now())
    messages.success(request, f"{shown.name} is no longer in the list.")
    return redirect("cohorts:boards")
