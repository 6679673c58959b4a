"""The journal. Everything here is looked up among one's own: of others' there is nothing to find."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from cohorts.models import TimeRequest
from labs import journal
from labs.actions import reflections as actions
from labs.forms.reflections import ReflectionForm
from labs.models import Reflection
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    found = Reflection.objects.visible_to(request.user)
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"))
    context = {"page": page, "prompt": journal.prompts()[_number(request)]}
    return render(request, "labs/reflections/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new page, with a question to begin with; another is a tap away."""
    person: Any = request.user
    number = _number(request)
    time = _time(request, request.POST.get("time") or request.GET.get("time", ""))
    begun = {"prompt": journal.prompts()[number], "time": time.pk if time else None}
    form: Any = open_form(ReflectionForm, request, initial=begun)
    if form.is_bound and form.is_valid():
        given = {"words": form.cleaned_data["words"], "prompt": form.cleaned_data["prompt"]}
        made = attempt(form, actions.write, **given, time=time, by=person, at=timezone.now())
        if made:
            messages.success(request, "Kept. Only you can read it.")
            return redirect(made)
    context = {
        "form": form,
        "prompt": form["prompt"].value(),
        "other": (number + 1) % len(journal.prompts()),
        "time": time,
    }
    return render(request, "labs/reflections/form.html", context)


@require_safe
def reflection(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    context = {"reflection": found, "threads": threads_of(found, request.user)}
    return render(request, "labs/reflections/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened on older words, it shows both instead of overwriting."""
    person: Any = request.user
    found = _own(request, pk)
    form: Any = open_form(
        ReflectionForm,
        request,
        initial={"words": found.words, "version": found.version, "prompt": found.prompt},
    )
    now = None
    if form.is_bound and form.is_valid():
        given = {"words": form.cleaned_data["words"], "version": form.cleaned_data["version"] or 0}
        try:
            done = attempt(
                form, actions.change, reflection=found, **given, by=person, at=timezone.now()
            )
        except actions.EditedMeanwhile as meanwhile:
            now = meanwhile.now
            form.data = form.data.copy()
            form.data["version"] = str(now.version)
        else:
            if done:
                messages.success(request, "Saved.")
                return redirect(found)
    context = {"form": form, "reflection": found, "prompt": found.prompt, "now": now}
    return render(request, "labs/reflections/form.html", context)


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _own(request, pk)
    if request.method == "POST":
        actions.remove(reflection=found, by=person, at=timezone.now())
        messages.success(request, "Removed.")
        return redirect("labs:reflections")
    return render(request, "labs/reflections/removal.html", {"reflection": found})


def _own(request: HttpRequest, pk: int) -> Reflection:
    found = Reflection.objects.visible_to(request.user).select_related("time")
    return get_object_or_404(found, pk=pk)


def _number(request: HttpRequest) -> int:
    return journal.number_of(request.GET.get("prompt", ""), timezone.localdate())


def _time(request: HttpRequest, number: str) -> TimeRequest | None:
    """The time of one's own that the page was opened from, if any."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    person: Any = request.user
    return TimeRequest.objects.filter(worker=person, pk=int(number)).first()
