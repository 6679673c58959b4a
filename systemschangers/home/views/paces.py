"""How often to hear by e-mail; and stopping it, signed in or not."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cohorts.models import Person
from cohorts.requests import PersonRequest
from systemschangers.home.forms import PacesForm
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.paces import KINDS, Kind, Pace, choose, paces_of, read_token


@require_http_methods(["GET", "POST"])
def choices(request: PersonRequest) -> HttpResponse:
    form = open_form(PacesForm, request, person=request.user)
    if form.is_bound and form.is_valid():
        choose(person=request.user, paces=form.cleaned_data)
        messages.success(request, "Saved. What is for you is always on this page.")
        return redirect("home:notifications")
    return render(request, "home/notifications/choices.html", {"form": form})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def stopping(request: HttpRequest, token: str) -> HttpResponse:
    """From a letter, signed out: the address is the permission. Opening it changes nothing, since mail
    scanners open links; a mail program's own button posts (RFC 8058), and so does ours."""
    try:
        pk, kind = read_token(token)
    except signing.BadSignature:
        return render(request, "home/notifications/stop_unknown.html", status=404)
    person = Person.objects.here().filter(pk=pk).first()
    if request.method == "POST" and person is not None:
        if "undo" in request.POST:
            try:
                before = signing.loads(request.POST["undo"], salt=token)
            except signing.BadSignature:
                return render(request, "home/notifications/stop_unknown.html", status=404)
            choose(person=person, paces=before)
            return redirect(f"{request.path}?undone=yes")
        undo = signing.dumps(_stop(person, kind), salt=token)
        if "List-Unsubscribe" not in request.POST:  # a mail program wants no redirect
            return redirect(f"{request.path}?{urlencode({'undo': undo})}")
    context = {
        "kind": kind,
        "undo": request.GET.get("undo", ""),
        "undone": "undone" in request.GET,
    }
    return render(request, "home/notifications/stop.html", context)


def _stop(person: Person, kind: Kind | None) -> dict[str, str]:
    """Stop the letters. Returns how they came before."""
    paces = paces_of([person])
    kinds = [kind] if kind else list(KINDS.values())
    before = {one.key: paces[person.pk, one.key] for one in kinds}
    choose(person=person, paces=dict.fromkeys(before, Pace.NEVER))
    return before
