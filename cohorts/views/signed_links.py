"""Links in letters to leaders: opening one shows, pressing decides. No account is needed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.actions import commitments
from cohorts.actions.leader_requests import letters
from cohorts.forms.leader_requests import WordsForm
from cohorts.forms.words import attempt
from cohorts.leader_standing import history
from cohorts.models import Commitment, LeaderRequest
from cohorts.taken_along import taken_along
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look

from .leader_panels import OFFERS, leaders_steps, panel, panels

STEPS = {
    letters.ANSWER: {"offer", "ask", "point", "refuse"},
    letters.MEETING: {"move", "refuse"},
    letters.MET: {"met"},
    letters.COPY: {"correct"},
}
STATUS = {"unknown": 404, "other purpose": 403}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leader_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = look(token, (*STEPS, letters.VIEW), at=timezone.now())
        if request.user.is_authenticated and request.user.pk != link.person_id:
            return for_somebody_else(request, link)
        if link.purpose == letters.VIEW:
            return _commitment(request, link, token)
        return _request(request, link, token)
    except LinkRefused as refused:
        return refused_page(request, refused)


@login_not_required
@require_safe
def leader_link_done(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/signed_links/done.html")


def _request(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    it = get_object_or_404(LeaderRequest.objects.for_detail(), pk=link.target_id)
    now, bound = timezone.now(), None
    keys = [key for key in leaders_steps(it, now) if key in STEPS[link.purpose]]
    if request.method == "POST":
        key = request.POST.get("step", "")
        if key not in STEPS[link.purpose]:
            raise LinkRefused("other purpose", link)
        bound = panel(key, it, request.POST)
        given: dict[str, Any] = {"token": token, "at": now}
        if bound.form.is_valid():
            data = bound.form.cleaned_data
            if attempt(bound.form, OFFERS[key].take, request=it, data=data, **given):
                return redirect("cohorts:leader_link_done")
    context = {
        "it": it,
        "link": link,
        "panels": panels(keys, it, bound=bound),
        "form": bound.form if bound else None,
        "commitments": list(it.commitments.all()),
        "taken": taken_along(it),
        "history": [item for item in history(it) if item["at"] > (it.reached_leader_at or now)],
        "post_to": request.path,
    }
    return render(request, "cohorts/signed_links/request.html", context)


def _commitment(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    it = get_object_or_404(Commitment.objects.for_detail(), pk=link.target_id)
    form = WordsForm(request.POST or None, label="How does it stand?")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        act: Any = commitments.give_leaders_view
        if attempt(form, act, commitment=it, words=words, token=token, at=timezone.now()):
            return redirect("cohorts:leader_link_done")
    context = {"it": it, "link": link, "form": form}
    return render(request, "cohorts/signed_links/commitment.html", context)


def for_somebody_else(request: HttpRequest, link: SignedLink) -> HttpResponse:
    """Signed in as another person: a link that was passed on, or a shared computer."""
    context = {"link": link, "reason": "", "state": "for somebody else"}
    return render(request, "cohorts/signed_links/refused.html", context, status=403)


def refused_page(request: HttpRequest, refused: LinkRefused) -> HttpResponse:
    context = {"link": refused.link, "reason": str(refused), "state": refused.state}
    status = STATUS.get(refused.state, 410)
    return render(request, "cohorts/signed_links/refused.html", context, status=status)
