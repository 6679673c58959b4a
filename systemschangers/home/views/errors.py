"""The pages for what goes wrong, in the look of the product, each saying what to do.

None needs a session, a database or a context processor: they must not go wrong themselves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from systemschangers.kernel.middleware.hostile import too_large
from systemschangers.kernel.middleware.kept_words import typed_in, where_the_form_is
from systemschangers.kernel.policy import Refused


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large()
    return _page("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("403", 403, reason=str(exception) if isinstance(exception, Refused) else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page("500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody signed in again in another window, or their cookies went: what they wrote is shown, if the
    browser says that it was written on a page of ours."""
    if not _sent_from_here(request):
        return _page("csrf", 403)
    typed, form_at = typed_in(request.POST), where_the_form_is(request)
    return _page("csrf", 403, typed=typed, form_at=form_at)


def _sent_from_here(request: HttpRequest) -> bool:
    """Browsers let no page say so for another; without the header we do not know."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _page(name: str, status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{name}.html", context), status=status)
