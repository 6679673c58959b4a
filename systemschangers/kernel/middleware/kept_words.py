"""Words sent after the session ran out are kept until the person has signed in again."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

SESSION_KEY = "kept_words"
NOT_WORDS = {"csrfmiddlewaretoken", "submission_key", "version", "form_at"}
LONGEST = 64 * 1024
KEPT_FOR = 60 * 60


class KeptWordsMiddleware:
    """A signed-out POST to a page that asks for sign-in: keep the text, ask, come back to the form.

    Forms say where they live with a hidden `form_at` (see the `form_keys` tag), since what they
    post to is often another address. Opened again, `kernel.forms.open_form` puts the words back.
    They rest in the session row, are shown once, and go within the hour if nobody signs in. A page whose
    form is not put back so shows them to be copied (`left_over`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated:
            return None
        if not getattr(view, "login_required", True) or "submission_key" not in request.POST:
            return None
        form_at = where_the_form_is(request)
        words = request.POST.copy()
        for name in [name for name in words if _is_no_word(name)]:
            del words[name]
        encoded = words.urlencode()
        request.must_sign_in = True  # type: ignore[attr-defined]
        if len(encoded) <= LONGEST:
            request.session.set_expiry(KEPT_FOR)  # signing in makes it long again
            request.session[SESSION_KEY] = {"at": form_at.split("?")[0], "words": encoded}
        return HttpResponseRedirect(
            f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': form_at})}"
        )


def take_kept_words(request: HttpRequest) -> QueryDict | None:
    """The words kept for this page, once; None when there are none."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["at"] != request.path or not request.user.is_authenticated:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["words"])


def left_over(request: HttpRequest) -> list[str]:
    """What was kept for this page and no form of it took, once. Asked when the page is drawn."""
    kept = take_kept_words(request)
    return typed_in(kept) if kept else []


def typed_in(post: QueryDict) -> list[str]:
    """What a person wrote in a form that was sent: all that is more than a word, in its order."""
    names = [name for name in post if not _is_no_word(name)]
    several = (value.strip() for name in names for value in post.getlist(name))
    return [value for value in several if any(letter.isspace() for letter in value)]


def _is_no_word(name: str) -> bool:
    return name in NOT_WORDS or "password" in name


def where_the_form_is(request: HttpRequest) -> str:
    form_at = request.POST.get("form_at") or request.path
    ours = form_at.startswith("/") and url_has_allowed_host_and_scheme(form_at, None)
    return form_at if ours else request.path
