from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions import borrowings as actions
from cohorts.forms.practices import BorrowForm, HowItWentForm
from cohorts.forms.words import attempt
from cohorts.models import Borrowing, Practice
from cohorts.policy.practices import may_borrow, may_tell_borrowing
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """We do this too, or we borrow it."""
    person: Any = request.user
    found = Practice.objects.visible_to(person).for_detail().defer("search")
    practice = get_object_or_404(found, pk=pk)
    may_borrow(person, practice).require()
    form = open_form(BorrowForm, request, practice=practice, person=person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"service": data["service"], "learned_from": data["learned_from"]}
        we_do = data["how"] == "we_do"
        given |= {"practice": practice, "we_do": we_do, "by": person, "at": timezone.now()}
        if attempt(form, actions.mark, **given):
            said = "Noted: you do this too." if we_do else "Noted. We ask you in eight weeks."
            messages.success(request, said)
            return redirect(practice)
    return render(request, "cohorts/borrowings/form.html", {"form": form, "practice": practice})


@require_http_methods(["GET", "POST"])
def borrowing(request: HttpRequest, pk: int) -> HttpResponse:
    """How borrowing it went: kept, adapted or dropped, and why."""
    person: Any = request.user
    it = get_object_or_404(
        Borrowing.objects.visible_to(person).for_list().select_related("practice"), pk=pk
    )
    may_tell_borrowing(person, it).require()
    if it.state == Borrowing.State.WE_DO:
        raise WrongState("You said that you do this too, so there is nothing to follow up.")
    initial = {"outcome": it.state if it.is_told else "", "words": it.words}
    form = open_form(HowItWentForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, actions.tell, borrowing=it, **given, by=person, at=timezone.now()):
            messages.success(request, "Noted. Those whose practice it is are told.")
            return redirect("cohorts:borrowing", pk)
    return render(request, "cohorts/borrowings/detail.html", {"form": form, "it": it})


@require_POST
def taking_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It was marked by mistake."""
    person: Any = request.user
    it = get_object_or_404(Borrowing.objects.visible_to(person), pk=pk)
    actions.take_off(borrowing=it, by=person, at=timezone.now())
    messages.success(request, "Taken off the practice’s page.")
    return redirect("cohorts:practice", it.practice_id)
