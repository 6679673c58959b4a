"""From a small win to an exercise, and from the journal to a win, a barrier or an insight."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labs.actions import reflections
from labs.models import Passage, Reflection
from labs.views.canvases import start_from
from systemschangers.home.forms import PassageForm
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from wins.actions import wins
from wins.models import Win


@require_http_methods(["GET", "POST"])
def win_thinking(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an exercise to think a win through with."""
    found = get_object_or_404(Win.objects.visible_to(request.user).defer("search"), pk=pk)
    return start_from(request, found)


@require_http_methods(["GET", "POST"])
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Words of a reflection begin something others may see: nothing is published by that."""
    found = get_object_or_404(Reflection.objects.visible_to(request.user), pk=pk)
    form = open_form(PassageForm, request, initial={"words": found.words[: PassageForm.MOST]})
    if form.is_bound and form.is_valid():
        kind, words = form.cleaned_data["kind"], form.cleaned_data["words"]
        if kind == "win":
            return _draft_of(request, found, words)
        person: Any = request.user
        taken = reflections.take_passage(
            reflection=found, kind=kind, words=words, by=person, at=timezone.now()
        )
        return redirect(f"{_form_for(taken)}?passage={taken.pk}")
    return render(request, "home/passage.html", {"form": form, "reflection": found})


@transaction.atomic
def _draft_of(request: HttpRequest, found: Reflection, words: str) -> HttpResponse:
    """A draft only they see, which they change and log, or throw away."""
    person: Any = request.user
    now = timezone.now()
    telling = wins.Telling(what_happened=words, visibility=Win.Visibility.ONLY_ME)
    draft = wins.save_draft(telling=telling, by=person, at=now)
    tie(draft, Thread.Kind.CAME_OF, found, by=person, at=now)
    messages.success(request, "Your words are carried over. Change them as you like.")
    return redirect("wins:edit", draft.pk)


def _form_for(taken: Passage) -> str:
    return reverse("labs:barrier_new")
