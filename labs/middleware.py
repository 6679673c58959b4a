"""Whoever came by a code card goes where the card leads: their labs, and out again. And whoever was taken
out of a lab while writing in it gets their words back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

THEIRS = (
    *("/labs/", "/lab-members/", "/lab-sessions/", "/insights/", "/patterns/"),
    *("/experiments/", "/lab-decisions/", "/code-card/"),
    *("/account/logout/", "/static/", "/health/"),
)


NOT_WORDS = {"csrfmiddlewaretoken", "submission_key", "form_at", "version"}


class NoLongerIn(Exception):
    """Something was sent to a lab by somebody who was a member of it, and is not any more."""


class CodeCardMiddleware:
    """Everything else is closed to them, whatever is added later: the list says what is open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not getattr(person, "by_code_card", False) or request.path.startswith(THEIRS):
            return self.get_response(request)
        if request.path == "/":
            return redirect("labs:labs")
        return render(request, "labs/lab_members/card_only.html", status=403)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NoLongerIn):
            return None
        typed = [
            words
            for name in request.POST
            if name not in NOT_WORDS
            for words in request.POST.getlist(name)
            if len(words.split()) > 1
        ]
        return render(request, "labs/labs/removed.html", {"typed": typed}, status=403)
