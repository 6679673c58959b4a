"""Asking somebody who knows; and the page their link opens, where pressing answers. No account is needed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look
from wins.actions import substantiations as actions
from wins.forms.outcomes import AnswerForm, AskingForm
from wins.models import Substantiation
from wins.outcome_letters import ANSWER
from wins.policy.outcomes import may_ask

from .outcomes import visible

STATUS = {"unknown": 404, "other purpose": 403}
STEPS = {
    "again": (actions.ask_again, "Sent again, with a new link."),
    "call_off": (actions.call_off, "Called off. Their link does nothing now."),
}


@require_http_methods(["GET", "POST"])
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    may_ask(request.user, one).require()
    form = open_form(AskingForm, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": request.user, "at": timezone.now()}
        if asked := attempt(form, actions.ask, outcome=one, **given):
            messages.success(request, f"{asked.name} has been asked by e-mail. You will hear.")
            return redirect(one)
    return render(request, "wins/outcomes/asking.html", {"form": form, "outcome": one})


@require_POST
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once more, or call it off; which is posted as `step`."""
    seen = Substantiation.objects.visible_to(request.user).for_detail()
    asked = get_object_or_404(seen, pk=pk)
    if request.POST.get("step") not in STEPS:
        raise Http404
    take, words = STEPS[request.POST["step"]]
    take(asked=asked, by=request.user, at=timezone.now())
    messages.success(request, words)
    return redirect(asked.outcome)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows the outcome and changes nothing; pressing answers, once."""
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
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "wins/outcomes/answered.html")


def _answer(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    asked = Substantiation.objects.for_detail().filter(pk=link.target_id).first()
    if asked is None:
        raise LinkRefused("called off", link)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"token": token, "at": timezone.now()}
        if attempt(form, actions.answer, asked=asked, **given):
            return redirect("wins:outcome_answer_done")
    context = {"asked": asked, "outcome": asked.outcome, "link": link, "form": form}
    return render(request, "wins/outcomes/answer.html", context)
