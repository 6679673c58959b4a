"""Input no honest browser sends is answered here, once, before any view meets it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from systemschangers.kernel.middleware.outages import went_wrong

MEBIBYTE = 1024 * 1024
LARGEST_BODY = 32 * MEBIBYTE  # twice the largest photo that a form takes
# A browser shows our answer only once its own sending has ended, so what is too large is read and
# dropped, up to here.
MOST_DROPPED = 256 * MEBIBYTE

METHODS = ("GET", "HEAD", "POST")  # all that links and forms send, and so all that is answered

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREADABLE = (
    BadRequest,
    LookupError,
    MultiPartParserError,
    SuspiciousOperation,
    UnicodeError,
    UnreadablePostError,
)
# What PostgreSQL (NUL, a number beyond bigint) or Python (a year of 10^30) cannot hold.
NOT_STORABLE = (DataError, OverflowError, UnicodeError)


def unreadable() -> HttpResponse:
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def too_large() -> HttpResponse:
    return HttpResponse(render_to_string("errors/413.html"), status=413)


class HostileInputMiddleware:
    """Reads the request once, where every way it can fail has its answer.

    Forms say what is wrong with a field; what gets past them and no store can hold is a 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._refusal(request) or self._answer(request)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return unreadable()
        charset = request.content_params.get("charset") if request.content_params else None
        if charset and charset.strip("\"' ").lower() not in {"utf-8", "utf8"}:
            return unreadable()
        if _length(request) > LARGEST_BODY:
            _drop(request)
            return too_large()
        try:
            _ = request.GET, request.POST
        except TOO_LARGE:
            return too_large()
        except UNREADABLE:
            return unreadable()
        return None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return unreadable() if isinstance(went_wrong(request), NOT_STORABLE) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unreadable() if isinstance(exception, NOT_STORABLE) else None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _drop(request: HttpRequest) -> None:
    left = min(_length(request), MOST_DROPPED)
    try:
        while left > 0 and (part := request.read(min(left, MEBIBYTE))):
            left -= len(part)
    except UnreadablePostError:
        return
