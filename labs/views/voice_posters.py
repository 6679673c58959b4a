from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from labs.actions import voice_posters as actions
from labs.forms.voices import PosterForm, ear
from labs.models import VoicePoster
from labs.policy.voices import may_make_poster, may_take_down
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    posters = VoicePoster.objects.visible_to(person).filter(taken_down_at=None).for_list()
    page = page_by_key(posters, request.GET.get("page", ""), key=("made_at", "id"))
    context = {"page": page, "may_make": may_make_poster(person)}
    return render(request, "labs/voice_posters/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    may_make_poster(person).require()
    form = open_form(PosterForm, request, person=person)
    if form.is_bound and form.is_valid():
        leader, board = ear(form.cleaned_data["to"])
        given = {"service": form.cleaned_data["service"], "leader": leader, "board": board}
        made = attempt(form, actions.make, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, "Here it is. Print it, and hang it where people wait.")
            return redirect(made)
    return render(request, "labs/voice_posters/form.html", {"form": form})


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to print: who listens, and a code that opens the page to speak to them."""
    person: Any = request.user
    found = get_object_or_404(VoicePoster.objects.visible_to(person).for_list(), pk=pk)
    address = settings.SITE_ADDRESS + reverse("labs:voice_speak", args=[found.code])
    context = {
        "poster": found,
        "address": address,
        "code": qr_code(address),
        "hanging": VoicePoster.objects.hanging().filter(pk=pk).exists(),
        "may_take_down": may_take_down(person, found),
    }
    return render(request, "labs/voice_posters/poster.html", context)


@require_POST
def taking_down(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = get_object_or_404(VoicePoster.objects.visible_to(person), pk=pk)
    actions.take_down(poster=found, by=person, at=timezone.now())
    messages.success(request, "Taken down. Take it off the wall as well: its page is closed.")
    return redirect("labs:voice_posters")


def qr_code(address: str) -> str:
    """The address as a picture (QR, ISO/IEC 18004): SVG without style or script, read in print."""
    import segno  # only for a poster: a web process stays small

    made = segno.make(address, error="m", micro=False)
    svg = made.svg_inline(
        border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(svg)
