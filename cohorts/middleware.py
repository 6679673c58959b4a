"""Sign-in's own rules on a request's way: attempts count, trouble has a page, staff have two steps."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from cohorts.sign_in import must_have_second_factor

SIGN_IN = "/account/"
OPEN_PATHS = (SIGN_IN, "/static/", "/health/")


class SignInMiddleware:
    """Wrong codes and passwords are counted in the database, whatever else the request does.

    A keyed form is rolled back when it fails (`kernel.middleware.submissions`), and the count with
    it: a stranger could add a key of their own and guess for ever. So under /account/ a key means
    nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(SIGN_IN) and "submission_key" in request.POST:
            words = request.POST.copy()
            del words["submission_key"]
            request.POST = words  # type: ignore[assignment]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """An employer's sign-in that does not answer, or that nobody set up here, is a page."""
        if isinstance(error, RequestException):
            return render(request, "socialaccount/authentication_error.html", status=502)
        if isinstance(error, SocialApp.DoesNotExist):
            return render(request, "errors/404.html", status=404)
        return None


class SecondFactorMiddleware:
    """Leads those who must have a second factor to set one up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_one_up(request):
            messages.info(
                request,
                "Your role can see more than most, so it needs a second way to show it is you. "
                "Add a passkey or an app here. It takes a minute.",
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _must_set_one_up(self, request: HttpRequest) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_PATHS):
            return False
        person = request.user
        if not person.is_authenticated:
            return False
        return must_have_second_factor(person) and not is_mfa_enabled(person)
