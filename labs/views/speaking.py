"""Pages that know nobody (settings.TRACELESS): speaking to a leader from a poster, and coming back with
the receipt. No session, no message kept for later, no code in an address but the poster's."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.forms.words import attempt
from labs import consent_words, receipts, voice_page, voice_receipts
from labs.actions.voices import speaking
from labs.forms.barriers import ReceiptForm
from labs.forms.voices import MineVerdictForm, SpeakForm
from labs.models import Voice, VoicePoster
from labs.voice_looking_over import look_over
from systemschangers.kernel.lifecycle import WrongState

from .anonymous_barriers import TOO_MANY, UNKNOWN

CHANGE, SEND = "change", "send"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """Words, then a look over them and what one agrees to, then the receipt."""
    posters = VoicePoster.objects.hanging().for_list()
    poster = get_object_or_404(posters, code=code)
    form = SpeakForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    context: dict[str, Any] = {"form": form, "poster": poster}
    if not form.is_bound or not form.is_valid() or step == CHANGE:
        return render(request, "labs/voices/speak.html", context)
    said = form.cleaned_data
    at = timezone.now()
    scope = speaking.scope_of(poster, to_board=said["to_board"], everyone=said["everyone"], at=at)
    wording = consent_words.wording(scope)
    shown = hashlib.sha256(f"{said['words']}\n{wording}".encode("utf-8", "replace")).hexdigest()
    if step == SEND and request.POST.get("shown") == shown:
        key = request.POST.get("submission_key", "")
        receipt_code = attempt(form, speaking.speak, poster=poster, **said, key=key, at=at)
        if receipt_code is None:
            return render(request, "labs/voices/speak.html", context)
        given = {"code": receipts.in_groups(receipt_code), "poster": poster}
        return render(request, "labs/voices/receipt_given.html", given)
    pointed = look_over(said["words"], today=timezone.localdate(at))
    context |= {"pointed": pointed, "wording": wording, "shown": shown, "words": said["words"]}
    return render(request, "labs/voices/check_speaking.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Come back with a receipt: read the answer, say whether it is so, take the words back."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "labs/voices/receipt.html", {"form": form})
    code, now = form.cleaned_data["code"], timezone.now()
    try:
        found = voice_receipts.find(code, at=now)
    except receipts.TooManyWrong:
        form.add_error(None, TOO_MANY)
        return render(request, "labs/voices/receipt.html", {"form": form}, status=429)
    if found is None:
        form.add_error("code", UNKNOWN)
        return render(request, "labs/voices/receipt.html", {"form": form})
    return _by_receipt(request, found, code)


def _by_receipt(request: HttpRequest, found: Voice, code: str) -> HttpResponse:
    step, now = request.POST.get("step", ""), timezone.now()
    if step == "ask_take_back":
        return render(request, "labs/voices/take_back.html", {"code": code})
    if step == "take_back":
        speaking.take_back_by_receipt(code=code, at=now)
        return render(request, "labs/voices/taken_back.html", {})
    form = MineVerdictForm(request.POST if step in ("confirm", "deny") else None)
    refused = kept = ""
    try:
        if step in ("confirm", "deny") and form.is_valid():
            claim_id = int(request.POST.get("claim", "0")[:18] or 0)
            words = form.cleaned_data["words"]
            said = {"claim_id": claim_id, "confirmed": step == "confirm", "words": words}
            speaking.judge_by_receipt(code=code, **said, at=now)
            kept = "Kept. Whoever answered you is told tonight."
        elif step == "read":
            speaking.read_by_receipt(code=code, at=now)
            kept = "Thank you. They are told that the answer reached you."
    except (WrongState, ValidationError, ValueError) as error:
        known = isinstance(error, ValidationError)
        refused = error.messages[0] if known else str(error)  # type: ignore[union-attr]
    found = Voice.objects.for_detail().get(pk=found.pk)
    today = timezone.localdate(now)
    newest = voice_page.newest_consent(found)
    claims = voice_page.claims(found, today)
    for one in claims:
        ours = step in ("confirm", "deny") and request.POST.get("claim") == str(one["claim"].pk)
        one["form"] = MineVerdictForm(
            form.data if ours and form.errors else None, auto_id=f"verdict_{one['claim'].pk}_%s"
        )
    context = {
        "voice": found,
        "code": code,
        "late": found.lateness(today),
        "history": voice_page.history(found),
        "claims": claims,
        "consent": newest,
        "run_out": bool(newest and newest.has_run_out(today)),
        "refused": refused,
        "kept": kept,
        "may_say_read": found.state in ("acknowledged", "answered")
        and not found.told_backs.filter(how="receipt").exists(),
    }
    return render(request, "labs/voices/by_receipt.html", context)
