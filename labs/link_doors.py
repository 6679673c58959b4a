"""The door before what a signed link leads to: opened by a press, and from then on for that browser alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone

from labs.actions.voices import link_openings
from systemschangers.kernel.models import SignedLink


def open_here(request: HttpRequest, link: SignedLink) -> HttpResponseRedirect:
    """For the press: keep the link’s secret in this browser, unless another was first."""
    if held := link_openings.open_link(link=link, at=timezone.now()):
        request.session[_key(link)] = held
    return HttpResponseRedirect("?")  # here: the token is written down nowhere


def is_open_here(request: HttpRequest, link: SignedLink) -> bool:
    return link_openings.opened_here(link, request.session.get(_key(link), ""))


def _key(link: SignedLink) -> str:
    return f"link_{link.pk}"
