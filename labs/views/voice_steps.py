"""What is done with a voice: looked over, answered, a change said to be made and judged, told back.

When it was taken back meanwhile nothing of it is shown, and what was typed is there to keep."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.leader_requests import WordsForm
from cohorts.forms.words import attempt
from labs.actions.voices import answering, checking, confirming
from labs.actions.voices.keeping import TakenBack
from labs.forms.voices import ToldBackForm, VerdictForm
from labs.models import ChangeClaim, Voice
from labs.policy import voices as policy
from labs.voice_looking_over import look_over
from labs.voice_page import facts, newest_consent
from systemschangers.kernel.lifecycle import WrongState

from .voice_panels import OFFERS, panel
from .voices import page, visible

TYPED = ("words",)


def nothing_typed_is_lost(view: Any) -> Any:
    """A voice that can't be read any more is not shown, whether it ever was there or not; what was typed
    about it comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return view(request, *args, **options)
        except (Http404, TakenBack):
            typed = [request.POST[name] for name in TYPED if request.POST.get(name, "").strip()]
            if not typed:
                raise Http404 from None
            return render(request, "labs/voices/gone.html", {"typed": typed}, status=404)

    return guarded


@require_http_methods(["GET", "POST"])
@nothing_typed_is_lost
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The second pair of eyes: sent on, sent back, or not sent on."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_check(person, found).require()
    if found.state != Voice.State.CHECKING:
        raise WrongState(f"This voice is already “{found.get_state_display()}”.")
    step = request.POST.get("step", "")
    form = WordsForm(
        request.POST if step in ("send_back", "keep_out") else None,
        label="What has to be changed, or why is it not sent on?",
    )
    act: dict[str, Any] = {"voice": found, "by": person, "at": timezone.now()}
    if step == "send_on":
        checking.send_on(**act)
        messages.success(request, f"Sent on to {found.to_words}.")
        return redirect(found)
    if step in ("send_back", "keep_out") and form.is_valid():
        take = checking.send_back if step == "send_back" else checking.keep_out
        if attempt(form, take, words=form.cleaned_data["words"], **act):
            messages.success(request, "Sent back." if step == "send_back" else "It is not sent on.")
            return redirect("labs:voices")
    context = {
        "voice": found,
        "facts": facts(found),
        "pointed": look_over(found.words, today=timezone.localdate()),
        "consent": newest_consent(found),
        "form": form,
    }
    return render(request, "labs/voices/check.html", context)


@require_POST
@nothing_typed_is_lost
def response(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    key = request.POST.get("step", "")
    if key not in OFFERS:
        policy.may_answer(person, found).require()
        raise WrongState(
            "That step is not one of those on the page. Go back, and press one of them."
        )
    bound = panel(key, request.POST)
    if bound.form.is_valid():
        given = bound.form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(bound.form, OFFERS[key].take, voice=found, **given):
            messages.success(request, "Said. The person will hear of it.")
            return redirect(found)
    policy.may_answer(person, found).require()
    return page(request, found, bound=bound)


@require_POST
def change_made(request: HttpRequest, pk: int) -> HttpResponse:
    """What was planned is done."""
    person: Any = request.user
    claim = _claim(request, pk)
    answering.say_made(voice=claim.voice, claim=claim, by=person, at=timezone.now())
    messages.success(request, "Said. The person is asked whether it is so.")
    return redirect(claim.voice)


@require_POST
@nothing_typed_is_lost
def change_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """The worker passes on what the person says: it is so, or not."""
    person: Any = request.user
    claim = _claim(request, pk)
    form = VerdictForm(request.POST, auto_id=f"verdict_{claim.pk}_%s")
    if form.is_valid():
        confirmed = request.POST.get("verdict") == "confirmed"
        words = form.cleaned_data["words"]
        act: dict[str, Any] = {"claim": claim, "by": person, "at": timezone.now()}
        if attempt(form, confirming.judge, confirmed=confirmed, words=words, **act):
            messages.success(request, "Kept, as what the person says.")
            return redirect(claim.voice)
    policy.may_speak_for(person, claim.voice).require()
    return page(request, claim.voice, verdict=(claim.pk, form))


@require_POST
@nothing_typed_is_lost
def telling_back(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    form = ToldBackForm(request.POST, today=timezone.localdate(), auto_id="told_%s")
    if form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, confirming.tell_back, voice=found, **given):
            messages.success(request, "Kept: the answer was told back.")
            return redirect(found)
    policy.may_speak_for(person, found).require()
    return page(request, found, told=form)


def _claim(request: HttpRequest, pk: int) -> ChangeClaim:
    claim = ChangeClaim.objects.filter(pk=pk).only("pk", "voice_id").first()
    if claim is None:
        raise Http404
    voice = visible(request, claim.voice_id)
    found = voice.claims.get(pk=pk)
    found.voice = voice
    return found
