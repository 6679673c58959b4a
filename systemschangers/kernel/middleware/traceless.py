"""Pages that must not know who uses them: nothing that tells on the reader gets past this door."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What could name a reader or a device. The scheme, the host and what guards against forgery stay.
TELLING = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_FORWARDED",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
)


def leaves_no_trace(request: HttpRequest) -> bool:
    return getattr(request, "leaves_no_trace", False)


class TracelessMiddleware:
    """For addresses under settings.TRACELESS: the session cookie is not read, so that even somebody
    who is signed in is nobody here, and address and device are forgotten before any view.

    Before SessionMiddleware. Such a view is open to everybody and writes no event of its own; its
    forms are not written down by SubmissionMiddleware, and kernel.logs keeps no line of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.TRACELESS):
            forget_the_reader(request)
        return self.get_response(request)


def forget_the_reader(request: HttpRequest) -> None:
    request.leaves_no_trace = True  # type: ignore[attr-defined]
    name = settings.CSRF_COOKIE_NAME
    kept = {name: request.COOKIES[name]} if name in request.COOKIES else {}
    request.COOKIES = kept  # type: ignore[misc]
    for told in ("HTTP_COOKIE", *TELLING):
        request.META.pop(told, None)
