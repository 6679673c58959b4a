"""Carrying a voice: its words and consent, looked over, read to the person once more, then kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labs import consent_words, receipts, voice_page
from labs.actions.voices import carrying, consenting
from labs.actions.voices.keeping import insist_on_a_scope
from labs.forms.voices import CarryForm, ConsentForm, answers_of, ear
from labs.models import Voice
from labs.policy import voices as policy
from labs.voice_looking_over import look_over
from systemschangers.kernel.forms import open_form

CODE = "voice_receipt"
FIRST, CHANGE, SEND = "check", "change", "send"


def _mark(words: str) -> str:
    """Says which wording and which words were on the page when yes was said."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    policy.may_carry(person).require()
    today = timezone.localdate()
    form = open_form(CarryForm, request, person=person, today=today)
    step = request.POST.get("step", FIRST)
    if not form.is_bound or step == CHANGE or not form.is_valid():
        return render(request, "labs/voices/form.html", {"form": _unjudged(form, step)})
    data = form.cleaned_data
    leader, board = ear(data["to"])
    scope = form.scope(leader, board, data["service"])
    wording = consent_words.wording(scope, carrier=person.name)
    shown = _mark(f"{data['words']}\n{wording}")
    try:
        insist_on_a_scope(scope, today)
        if step == SEND and request.POST.get("shown") == shown:
            found, code = carrying.carry(
                words=data["words"],
                leader=leader,
                board=board,
                service=data["service"],
                theme=data["theme"],
                scope=scope,
                how=data["how"],
                witness=data["witness"],
                by=person,
                at=timezone.now(),
            )
            request.session[CODE] = [found.pk, code]
            return redirect("labs:voice_own_receipt", found.pk)
    except ValidationError as error:
        _blame(form, error)
        return render(request, "labs/voices/form.html", {"form": form})
    context = {
        "form": form,
        "words": data["words"],
        "to": str(leader or board),
        "pointed": look_over(data["words"], today=today),
        "wording": wording,
        "how": dict(form.fields["how"].choices)[data["how"]],  # type: ignore[attr-defined]
        "shown": shown,
        "sent_before": step == SEND,
    }
    return render(request, "labs/voices/check_answers.html", context)


@require_http_methods(["GET", "POST"])
def own_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt to hand over, shown once. Lost, the worker draws another, and the old one ends."""
    person: Any = request.user
    found = get_object_or_404(Voice.objects.carried_by_me(person).for_detail(), pk=pk)
    if request.method == "POST":
        code = consenting.draw_receipt(voice=found, by=person, at=timezone.now())
        request.session[CODE] = [found.pk, code]
        return redirect("labs:voice_own_receipt", pk)
    of, code = request.session.pop(CODE, (0, ""))
    if of != found.pk:
        code = ""
    context = {"voice": found, "code": receipts.in_groups(code) if code else ""}
    return render(request, "labs/voices/own_receipt.html", context)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked anew: wider, narrower, or because it ran out. Its page shows no words of the voice."""
    person: Any = request.user
    found = _of_mine(request, pk)
    policy.may_renew(person, found).require()
    today = timezone.localdate()
    standing = voice_page.newest_consent(found)
    initial = answers_of(found, standing)
    form = open_form(ConsentForm, request, today=today, initial=initial)
    step = request.POST.get("step", FIRST)
    context: dict[str, Any] = {"form": form, "voice": found, "standing": standing}
    context["run_out"] = bool(standing and standing.has_run_out(today))
    if not form.is_bound or step == CHANGE or not form.is_valid():
        return render(
            request, "labs/voices/consent.html", context | {"form": _unjudged(form, step)}
        )
    scope = form.scope(found.leader, found.board, found.service)
    wording = consent_words.wording(scope, carrier=person.name)
    try:
        insist_on_a_scope(scope, today)
        if step == SEND and request.POST.get("shown") == _mark(wording):
            how, witness = form.cleaned_data["how"], form.cleaned_data["witness"]
            given = {"scope": scope, "how": how, "witness": witness}
            consenting.renew(voice=found, **given, by=person, at=timezone.now())
            messages.success(request, "Kept. From now on this is what holds.")
            return redirect(found)
    except ValidationError as error:
        _blame(form, error)
        return render(request, "labs/voices/consent.html", context)
    how = dict(form.fields["how"].choices)[form.cleaned_data["how"]]  # type: ignore[attr-defined]
    context |= {"wording": wording, "how": how, "shown": _mark(wording)}
    return render(request, "labs/voices/check_consent.html", context)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back at the person's wish, told to their worker or to programme staff."""
    person: Any = request.user
    found = _of_mine(request, pk)
    policy.may_take_back(person, found).require()
    if request.method == "POST":
        consenting.take_back(voice=found, by=person, at=timezone.now())
        messages.success(request, "Taken back. It is gone from every page here.")
        return redirect("labs:voices")
    return render(request, "labs/voices/withdrawal.html", {"voice": found})


def _of_mine(request: HttpRequest, pk: int) -> Voice:
    """One's own, also while no consent lasts; else what one may read."""
    own = Voice.objects.carried_by_me(request.user).for_detail().filter(pk=pk).first()
    seen = own or Voice.objects.visible_to(request.user).for_detail().filter(pk=pk).first()
    if seen is None:
        raise Http404
    return seen


def _unjudged(form: Any, step: str) -> Any:
    """Back from the check page: what was typed, without a word about what is missing."""
    if form.is_bound and step == CHANGE:
        form.errors.clear()
    return form


def _blame(form: Any, error: ValidationError) -> None:
    """Each complaint at the field it is about, as far as this form has it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, several in error.error_dict.items():
        form.add_error(name if name in form.fields else None, several)
