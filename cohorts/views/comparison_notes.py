from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions import comparison_notes as actions
from cohorts.forms.comparison_notes import NoteForm, TryingForm
from cohorts.forms.words import attempt
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace
from cohorts.peer_standing import stand
from cohorts.policy.peer_meetings import has_met
from cohorts.policy.practices import may_tell_tried
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One’s own note of a meeting: we do, they do, I’ll try."""
    person: Any = request.user
    meeting = get_object_or_404(PeerMeeting.objects.visible_to(person).for_detail(), pk=pk)
    has_met(person, meeting).require()
    own = ComparisonNote.objects.filter(meeting=meeting, author=person).first()
    initial = {name: getattr(own, name) for name in actions.WORDS} if own else {}
    form: Any = open_form(NoteForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.write, meeting=meeting, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved. Those who met can read it.")
            return redirect(meeting)
    places = PeerPlace.objects.of_those_who_met().filter(meeting=meeting).with_person()
    context = {
        "form": form,
        "it": meeting,
        "own": own,
        "stands": stand(meeting, person, list(places)),
    }
    return render(request, "cohorts/comparison_notes/form.html", context)


@require_http_methods(["GET", "POST"])
def trying(request: HttpRequest, pk: int) -> HttpResponse:
    """After four weeks: did you try it, and what happened?"""
    person: Any = request.user
    found = ComparisonNote.objects.visible_to(person).select_related("meeting", "author")
    one = get_object_or_404(found, pk=pk)
    may_tell_tried(person, one).require()
    if not one.will_try:
        raise WrongState("There is nothing in this note that you wanted to try.")
    initial = {"tried": one.tried, "words": one.tried_words}
    form = open_form(TryingForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.tell_tried, note=one, **given, by=person, at=timezone.now()):
            messages.success(request, "Noted.")
            return redirect("cohorts:note_trying", pk)
    return render(request, "cohorts/comparison_notes/trying.html", {"form": form, "note": one})
