from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import PlainForm, attempt
from cohorts.models import Board
from labs import voice_list, voice_page, voices_at_board
from labs.actions.voices import carrying
from labs.forms.voices import AgainForm, ToldBackForm, VerdictForm
from labs.models import Voice
from labs.policy import voices as policy
from labs.voice_looking_over import look_over
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.spreadsheets import csv_answer
from systemschangers.kernel.threads import threads_of
from systemschangers.kernel.widgets import DateInput

from .voice_panels import Panel, panels

State = Voice.State


def visible(request: HttpRequest, pk: int) -> Voice:
    return get_object_or_404(Voice.objects.visible_to(request.user).for_detail(), pk=pk)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    found = voice_list.read(request.GET, person=person, today=timezone.localdate())
    context = {"listing": found, "may_carry": policy.may_carry(person)}
    return render(request, "labs/voices/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a file: what the reader may read now."""
    rows = voice_list.file_rows(request.GET, person=request.user, today=timezone.localdate())
    return csv_answer("voices", voice_list.HEADS, rows)


@require_safe
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, visible(request, pk))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changed with the person, after it was sent back; what is pointed out is shown before it goes."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_edit(person, found).require()
    form = open_form(AgainForm, request, initial={"words": found.words, "version": found.version})
    pointed = []
    if form.is_bound and form.is_valid():
        words, today = form.cleaned_data["words"], timezone.localdate()
        pointed = look_over(words, today=today)
        if not pointed or request.POST.get("looked_at") == words:
            given = form.cleaned_data | {"by": person, "at": timezone.now()}
            if attempt(form, carrying.send_again, voice=found, **given):
                messages.success(request, "Sent. Programme staff look it over again.")
                return redirect(found)
    context = {
        "form": form,
        "voice": found,
        "pointed": pointed,
        "looked_at": form.cleaned_data.get("words", "") if pointed else "",
    }
    return render(request, "labs/voices/edit.html", context)


class PeriodForm(PlainForm):
    first = forms.DateField(label="From", required=False, widget=DateInput)
    last = forms.DateField(label="To", required=False, widget=DateInput)


@require_safe
def at_board(request: HttpRequest, pk: int) -> HttpResponse:
    """To be read out when a board meets: only voices whose consent, at this moment, says they may be."""
    person: Any = request.user
    board = get_object_or_404(Board.objects.visible_to(person).for_list(), pk=pk)
    today = timezone.localdate()
    form = PeriodForm(request.GET)
    given: dict[str, date | None] = form.cleaned_data if form.is_valid() else {}
    first, last = voices_at_board.period(given.get("first"), given.get("last"), today)
    sheet = voices_at_board.read(board, first=first, last=last, person=person, today=today)
    context = {
        "board": board,
        "form": form if form.errors else PeriodForm({"first": first, "last": last}),
        "first": first,
        "last": last,
        "sheet": sheet,
        "now": timezone.now(),
    }
    return render(request, "labs/voices/at_board.html", context)


def page(
    request: HttpRequest,
    found: Voice,
    *,
    bound: Panel | None = None,
    verdict: tuple[int, VerdictForm] | None = None,
    told: ToldBackForm | None = None,
) -> HttpResponse:
    """A voice's page, with a form that has to be mended in its place."""
    person: Any = request.user
    today = timezone.localdate()
    close = found.carried_by_id == person.pk or person.reach.is_programme_staff
    may_answer = policy.may_answer(person, found)
    may_speak = policy.may_speak_for(person, found)
    claims = voice_page.claims(found, today)
    for one in claims:
        pk, form = verdict or (0, None)
        one["form"] = form if form and pk == one["claim"].pk else _verdict(one["claim"].pk)
    answered = found.state in (State.ACKNOWLEDGED, State.ANSWERED)
    context = {
        "voice": found,
        "mine": found.carried_by_id == person.pk,
        "late": found.lateness(today),
        "facts": voice_page.facts(found),
        "history": voice_page.history(found),
        "claims": claims,
        "may_answer": may_answer,
        "panels": panels(found, bound) if may_answer and found.is_on_its_way else [],
        "may_speak": may_speak,
        "told_form": (told or ToldBackForm(today=today, auto_id="told_%s"))
        if may_speak and answered
        else None,
        "may_check": found.state == State.CHECKING and policy.may_check(person, found),
        "may_edit": policy.may_edit(person, found),
        "may_renew": policy.may_renew(person, found),
        "may_take_back": policy.may_take_back(person, found),
        "consents": voice_page.consents(found) if close else [],
        "threads": threads_of(found, person),
        "form": (bound and bound.form) or (verdict and verdict[1]) or told,
    }
    return render(request, "labs/voices/detail.html", context)


def _verdict(pk: int) -> VerdictForm:
    return VerdictForm(auto_id=f"verdict_{pk}_%s")
