"""A step out of turn is a page in words, never a 500."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from systemschangers.kernel.lifecycle import WrongState


def moved_on(reason: str) -> HttpResponse:
    return HttpResponse(render_to_string("errors/409.html", {"reason": reason}), status=409)


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, WrongState):
            return moved_on(str(exception))
        return None
