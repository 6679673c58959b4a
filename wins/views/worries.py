from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from wins.actions import worries as actions
from wins.forms.worries import WorryAnswerForm, WorryForm
from wins.models import Win, Worry
from wins.policy.worries import may_answer_worry, may_raise_worry, may_read_worries


@require_http_methods(["GET", "POST"])
def raising(request: PersonRequest, pk: int) -> HttpResponse:
    win = get_object_or_404(Win.objects.visible_to(request.user).select_related("author"), pk=pk)
    may_raise_worry(request.user, win).require()
    form = open_form(WorryForm, request)
    if form.is_bound and form.is_valid():
        actions.raise_worry(win=win, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, "Programme staff have your worry. They will tell you what they did."
        )
        return redirect(win)
    return render(request, "wins/worries/form.html", {"win": win, "form": form})


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    may_read_worries(request.user).require()
    state = Worry.State.ANSWERED if request.GET.get("state") == "answered" else Worry.State.OPEN
    worries = (
        Worry.objects.visible_to(request.user)
        .filter(state=state)
        .select_related("win__author", "raised_by", "answered_by")
        .defer("win__search")
    )
    page = page_by_key(worries, request.GET.get("page", ""), key=("raised_at", "id"))
    return render(request, "wins/worries/list.html", {"page": page, "state": state})


@require_http_methods(["GET", "POST"])
def worry(request: PersonRequest, pk: int) -> HttpResponse:
    """One worry: whoever raised it reads the answer; programme staff give it here."""
    it = get_object_or_404(
        Worry.objects.visible_to(request.user).select_related(
            "win__author", "raised_by", "answered_by"
        ),
        pk=pk,
    )
    verdict = may_answer_worry(request.user, it)
    if request.method == "POST":
        verdict.require()
    form = open_form(WorryAnswerForm, request)
    if form.is_bound and form.is_valid():
        actions.answer(worry=it, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Answered. They have been told.")
        return redirect("wins:worries")
    sees_win = Win.objects.visible_to(request.user).filter(pk=it.win_id).exists()
    context = {"worry": it, "form": form, "may": verdict, "sees_win": sees_win}
    return render(request, "wins/worries/detail.html", context)
