"""Links in letters to leaders: opening one shows the barrier, pressing answers it. No account is needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.words import attempt
from cohorts.models import Leader
from labs import barrier_page
from labs.actions.barriers.letters import ANSWER
from labs.models import Barrier
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look

from .barrier_panels import OFFERS, panel, panels

STATUS = {"unknown": 404, "other purpose": 403}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def barrier_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = look(token, (ANSWER,), at=timezone.now())
        if request.user.is_authenticated and request.user.pk != link.person_id:
            context = {"link": link, "reason": "", "state": "for somebody else"}
            return render(request, "cohorts/signed_links/refused.html", context, status=403)
        return _answer(request, link, token)
    except LinkRefused as refused:
        context = {"link": refused.link, "reason": str(refused), "state": refused.state}
        status = STATUS.get(refused.state, 410)
        return render(request, "cohorts/signed_links/refused.html", context, status=status)


@login_not_required
@require_safe
def barrier_link_done(request: HttpRequest) -> HttpResponse:
    return render(request, "labs/barriers/link_done.html")


def _answer(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    found, bound = _barrier(link), None
    if request.method == "POST":
        key = request.POST.get("step", "")
        if key not in OFFERS:
            raise LinkRefused("other purpose", link)
        bound = panel(key, found, request.POST)
        if bound.form.is_valid():
            given = bound.form.cleaned_data | {"token": token, "at": timezone.now()}
            if attempt(bound.form, OFFERS[key].take, barrier=found, **given):
                return redirect("labs:barrier_link_done")
    context = {
        "barrier": found,
        "link": link,
        "raised": barrier_page.raised(found),
        "answers": barrier_page.answers(found),
        "history": barrier_page.history(found),
        "panels": panels(found, bound),
        "form": bound.form if bound else None,
        "post_to": request.path,
    }
    return render(request, "labs/barriers/link.html", context)


def _barrier(link: SignedLink) -> Barrier:
    """Only while the leader asked is the one who is named, and may be shown it."""
    found = Barrier.objects.for_detail().filter(pk=link.target_id).first()
    leader: Leader | None = found.leader if found else None
    if found is None or leader is None or leader.name != link.name:
        raise LinkRefused("called off", link)
    if not Barrier.objects.visible_to_leader(leader).filter(pk=found.pk).exists():
        raise LinkRefused("called off", link)
    return found
