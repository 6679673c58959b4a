"""The database away: a styled 503 that says what to do, and no half answer."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)


def unavailable() -> HttpResponse:
    """The 503 page. It needs no database, no session and no context processor."""
    response = HttpResponse(render_to_string("errors/503.html"), status=503)
    response.headers["Retry-After"] = "30"
    return response


def went_wrong(request: HttpRequest) -> BaseException | None:
    """What was raised in a middleware: Django has made a 500 of it before any other sees it."""
    return getattr(request, "_went_wrong", None)


def _remember(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None:
        request._went_wrong = sys.exc_info()[1]  # type: ignore[attr-defined]


got_request_exception.connect(_remember, dispatch_uid="systemschangers.kernel.outages")


class OutageMiddleware:
    """Turns a lost database, wherever in the request it shows, into the 503 page.

    So does a lock or a statement that took too long: trying again is the answer to all of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        error = went_wrong(request)
        return self._say(error) if isinstance(error, AWAY) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return self._say(exception) if isinstance(exception, AWAY) else None

    def _say(self, error: BaseException) -> HttpResponse:
        cause = type(error.__cause__).__name__ if error.__cause__ else ""
        log.error("answered 503: %s %s", type(error).__name__, cause)
        return unavailable()
