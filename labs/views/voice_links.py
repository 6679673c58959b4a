"""Links in letters to leaders who have no account: opening one shows the voice while its consent lasts,
pressing answers it.

The page is bound to the browser that first asks for it by a press: passed on after that, the link shows
nothing; nor does it to anybody who is signed in, nor once the voice was taken back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from labs import voice_page
from labs.actions.voices import letters, link_openings
from labs.actions.voices.keeping import TakenBack
from labs.link_doors import is_open_here, open_here
from labs.models import Voice
from systemschangers.kernel import limits
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look

from .voice_panels import OFFERS, panel, panels

STATUS = {"unknown": 404, "other purpose": 403}
ANEW = "labs.voice_link.anew.{}"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = look(token, (letters.ANSWER,), at=timezone.now())
        if request.user.is_authenticated:
            return _refused(request, link, "for somebody else", "", 403)
        found = _voice(link)
        if request.method == "POST" and "open" in request.POST:
            return open_here(request, link)
        if request.method == "POST" and "anew" in request.POST:
            return _send_anew(link, found)
        if not is_open_here(request, link):
            context = {"link": link, "elsewhere": link_openings.opened(link)}
            return render(request, "labs/voices/link_door.html", context)
        return _answer(request, link, found, token)
    except LinkRefused as refused:
        status = STATUS.get(refused.state, 410)
        return _refused(request, refused.link, refused.state, str(refused), status)
    except TakenBack:
        return _refused(request, None, "called off", "This voice can’t be read any more.", 410)


@login_not_required
@require_safe
def voice_link_done(request: HttpRequest) -> HttpResponse:
    return render(request, "labs/voices/link_done.html")


def _answer(request: HttpRequest, link: SignedLink, found: Voice, token: str) -> HttpResponse:
    bound = None
    if request.method == "POST":
        key = request.POST.get("step", "")
        claim = found.claims.filter(pk=_number(request.POST.get("claim", ""))).first()
        if key not in OFFERS and not (key == "claim_made" and claim):
            raise LinkRefused("other purpose", link)
        given: dict[str, Any] = {"voice": found, "token": token, "at": timezone.now()}
        if key == "claim_made":
            OFFERS["made"].take(claim=claim, **given)
            return redirect("labs:voice_link_done")
        bound = panel(key, request.POST)
        if bound.form.is_valid() and attempt(
            bound.form, OFFERS[key].take, **bound.form.cleaned_data, **given
        ):
            return redirect("labs:voice_link_done")
    today = timezone.localdate()
    context = {
        "voice": found,
        "link": link,
        "late": found.lateness(today),
        "facts": voice_page.facts(found),
        "history": voice_page.history(found),
        "claims": voice_page.claims(found, today),
        "panels": panels(found, bound),
        "form": bound.form if bound else None,
        "post_to": request.path,
    }
    return render(request, "labs/voices/link.html", context)


def _voice(link: SignedLink) -> Voice:
    """Only while the leader asked is the one it is for, and a consent lets them read it now."""
    found = Voice.objects.for_detail().filter(pk=link.target_id).first()
    leader = letters.addressee(found) if found else None
    if found is None or leader is None or leader.email != link.email:
        raise LinkRefused("called off", link)
    if not Voice.objects.visible_to_leader(leader).filter(pk=found.pk).exists():
        raise LinkRefused("called off", link)
    return found


def _send_anew(link: SignedLink, found: Voice) -> HttpResponse:
    """Another link, to the address of the leader and to no other; the one here ends."""
    at = timezone.now()
    if limits.reached(ANEW.format(link.pk), most=1, seconds=600, at=at):
        return redirect("labs:voice_link_done")
    limits.count(ANEW.format(link.pk), seconds=600, at=at)
    with transaction.atomic():
        letters.ask(found, at=at)
    return redirect("labs:voice_link_done")


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0


def _refused(
    request: HttpRequest, link: SignedLink | None, state: str, reason: str, status: int
) -> HttpResponse:
    """Nothing of the voice; and what was typed, to keep."""
    typed = request.POST.get("words", "").strip()
    context = {"link": link, "reason": reason, "state": state, "typed": typed}
    return render(request, "labs/voices/link_refused.html", context, status=status)
