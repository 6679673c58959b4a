"""Whoever came by a code card goes where the card leads: their labs, and out again. And whoever can no
longer write in a lab when they press the button gets their words back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from labs import code_cards

LABS = (
    *("/labs/", "/lab-members/", "/lab-sessions/", "/insights/", "/patterns/"),
    *("/experiments/", "/lab-decisions/"),
)
ALWAYS = ("/static/", "/health/")
THEIRS = (*LABS, "/account/card/", "/account/logout/")
NOT_WORDS = {"csrfmiddlewaretoken", "submission_key", "form_at", "version"}
TOO_LONG = (
    "You were signed out, because cards sign in for a short while only. Sign in with yours again."
)
GONE = "This is not here, or not here any more."


class NoLongerIn(Exception):
    """Something was sent to a lab by somebody who was a member of it, and is not any more."""


class CodeCardMiddleware:
    """Everything else is closed to them, whatever is added later: the list says what is open. Half an hour
    without a page, or two hours in all, and they are signed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if request.path.startswith(ALWAYS) or not getattr(person, "by_code_card", False):
            return self.get_response(request)
        if not code_cards.still_here(request.session, timezone.now()):
            logout(request)
            if request.method == "POST" and request.path.startswith(LABS):
                return _given_back(request, TOO_LONG, by_card=True)
            messages.info(request, TOO_LONG)
            return redirect("labs:code_card")
        if request.path.startswith(THEIRS):
            return self.get_response(request)
        if request.path == "/":
            return redirect("labs:labs")
        return render(request, "labs/lab_members/card_only.html", status=403)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Taken out, the lab ended, or what they were changing is gone: told so, with their words."""
        if isinstance(error, NoLongerIn):
            return _given_back(request)
        if request.method != "POST" or not request.path.startswith(LABS) or not _typed(request):
            return None
        if isinstance(error, Http404):
            return _given_back(request, GONE, status=404)
        if isinstance(error, PermissionDenied):
            return _given_back(request, str(error))
        return None


def _given_back(
    request: HttpRequest, reason: str = "", *, by_card: bool = False, status: int = 403
) -> HttpResponse:
    """Without a `reason`: they are no longer in the lab."""
    context = {"typed": _typed(request), "reason": reason, "by_card": by_card}
    return render(request, "labs/labs/removed.html", context, status=status)


def _typed(request: HttpRequest) -> list[str]:
    return [
        words
        for name, said in request.POST.lists()
        if name not in NOT_WORDS
        for words in said
        if len(words.strip()) > 3
    ]
