"""Being found by people of other services, and finding them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import meeting_wishes as actions
from cohorts.forms.meeting_wishes import (
    KeepApartForm,
    MatchPauseForm,
    MeetDirectoryForm,
    MeetingForm,
    answers_of,
)
from cohorts.forms.words import attempt
from cohorts.models import DoNotPair, MatchPause, Person, Theme
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form

from .paging import page_by_name


@require_safe
def people_to_meet(request: PersonRequest) -> HttpResponse:
    """Those who said people may ask to meet them; by words, place, organisation, service and theme."""
    person = request.user
    form = MeetDirectoryForm(request.GET)
    people = Person.objects.visible_to(person).open_to_meet().exclude(pk=person.pk)
    people = people.exclude(pk__in=DoNotPair.objects.kept_apart_from(person))
    themes = Prefetch("themes", queryset=Theme.objects.order_by("name"))
    shown = form.narrow(people).for_list().prefetch_related(themes)
    context = {"page": page_by_name(shown, request), "form": form, "narrowed": form.narrowed}
    return render(request, "cohorts/meeting/list.html", context)


@require_http_methods(["GET", "POST"])
def wishes(request: PersonRequest) -> HttpResponse:
    person = request.user
    form = open_form(MeetingForm, request, initial=answers_of(person))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.answer(**given, by=person, at=timezone.now())
        listed = "You are in the list now." if given["open_to_meet"] else "You are not in the list."
        messages.success(request, f"Saved. {listed}")
        return redirect("cohorts:me_meeting")
    return render(request, "cohorts/meeting/wishes.html", {"form": form})


@require_POST
def no_thank_you(request: PersonRequest) -> HttpResponse:
    actions.decline(by=request.user, at=timezone.now())
    messages.success(request, "You are not in the list, and we won’t ask again.")
    return redirect("/")


@require_safe
def matching(request: PersonRequest) -> HttpResponse:
    return _matching(request)


@require_POST
def pause(request: PersonRequest) -> HttpResponse:
    """Until a day; or no longer."""
    if "end" in request.POST:
        actions.end_pause(by=request.user, at=timezone.now())
        messages.success(request, "Your pause is over. You are matched again.")
        return redirect("cohorts:me_matching")
    form = MatchPauseForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        if attempt(form, actions.pause, until=until, by=request.user, at=timezone.now()):
            messages.success(request, "Saved. You are matched again after that day.")
            return redirect("cohorts:me_matching")
    return _matching(request, pause_form=form)


@require_POST
def keeping_apart(request: PersonRequest) -> HttpResponse:
    form = KeepApartForm(request.POST)
    if form.is_valid():
        other = form.cleaned_data["person"]
        if attempt(form, actions.keep_apart, other=other, by=request.user, at=timezone.now()):
            messages.success(request, "Saved. Only you can see this.")
            return redirect("cohorts:me_matching")
    return _matching(request, apart_form=form)


@require_POST
def kept_apart_no_longer(request: PersonRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(DoNotPair.objects.visible_to(request.user), pk=pk)
    actions.keep_apart_no_longer(entry=entry, by=request.user, at=timezone.now())
    messages.success(request, "Taken off your list.")
    return redirect("cohorts:me_matching")


def _matching(request: PersonRequest, **forms: Any) -> HttpResponse:
    person = request.user
    today = timezone.localdate()
    context = {
        "paused": MatchPause.objects.on(today).filter(person=person).first(),
        "apart": DoNotPair.objects.visible_to(person).select_related("other"),
        "pause_form": forms.get("pause_form") or MatchPauseForm(),
        "apart_form": forms.get("apart_form") or KeepApartForm(),
    }
    return render(request, "cohorts/meeting/matching.html", context)
