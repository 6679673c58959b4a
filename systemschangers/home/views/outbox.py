"""The outbox, in development only: letters that would have gone out, to be read here instead."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from systemschangers.kernel.models import Letter
from systemschangers.kernel.pagination import page_by_key

# A letter brings its own style and nothing else; it runs apart from the site, its links work.
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'; sandbox allow-top-navigation-by-user-activation allow-popups"
)


@login_not_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    page = page_by_key(
        Letter.objects.defer("html"), request.GET.get("page", ""), key=("made_at", "id")
    )
    return render(request, "home/outbox/list.html", {"page": page})


@login_not_required
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "home/outbox/detail.html", {"letter": get_object_or_404(Letter, pk=pk)})


@login_not_required
@require_GET
def as_it_looks(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter's HTML alone, as a mail program would show it."""
    letter = get_object_or_404(Letter, pk=pk)
    if not letter.html:
        raise Http404
    return HttpResponse(letter.html, headers={"Content-Security-Policy": LETTER_CSP})
