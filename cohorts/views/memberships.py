from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.actions import applications
from cohorts.forms.memberships import StepForm
from cohorts.forms.words import attempt
from cohorts.membership_standing import PILLS, history, pill, standing
from cohorts.membership_steps import OFFERS, offers_for, take
from cohorts.models import Cohort, Membership, Post
from cohorts.policy.memberships import may_apply, may_watch_over
from cohorts.requests import PersonRequest

from .paging import page_oldest_first

State = Membership.State
# As the programme goes: who waits for an answer first.
ORDER = (
    State.APPLIED,
    State.INVITED,
    State.AWAITING_MANAGER,
    State.ACTIVE,
    State.PAUSED,
    State.ALUMNI,
    State.WITHDRAWN,
)


@require_safe
def listing(request: PersonRequest, pk: int) -> HttpResponse:
    """Of one cohort, in one state: those who have waited longest first."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    may_watch_over(request.user, cohort).require()
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else State.APPLIED
    found = Membership.objects.filter(cohort=cohort, state=state, person__is_active=True)
    page = page_oldest_first(found.for_list(), request.GET.get("after", ""), key=("state_at", "id"))
    context = {
        "cohort": cohort,
        "state": state,
        "page": page,
        "rows": [(membership, pill(membership)) for membership in page],
        "chips": [
            {"label": PILLS[one].capitalize(), "url": f"?state={one}", "current": one == state}
            for one in ORDER
        ],
    }
    return render(request, "cohorts/memberships/list.html", context)


@require_safe
def membership(request: PersonRequest, pk: int) -> HttpResponse:
    """One place, for its member and for those who run the cohort. Opened by one of these, an
    application can no longer be changed."""
    found = _visible(request, pk)
    others = found.person_id != request.user.pk
    if request.method == "GET" and others and found.state == State.APPLIED and not found.looked_at:
        found = applications.look_at(membership=found, by=request.user, at=timezone.now())
    return _page(request, found, StepForm())


@require_POST
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one step: which one is posted as `step`. Whether it may be taken, the action says."""
    found = _visible(request, pk)
    key = request.POST.get("step", "")
    if key not in OFFERS:
        raise Http404
    form = StepForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        done = attempt(form, take, key=key, membership=found, words=words, **_now(request))
        if done:
            messages.success(request, OFFERS[key].done)
            return redirect("cohorts:membership", pk)
    return _page(request, found, form)


def _now(request: PersonRequest) -> dict:
    return {"by": request.user, "at": timezone.now()}


def _page(request: PersonRequest, found: Membership, form: StepForm) -> HttpResponse:
    own = found.person_id == request.user.pk
    posts = Post.objects.current().filter(person=found.person_id).for_list()
    context = {
        "it": found,
        "own": own,
        "stands": standing(found, request.user),
        "offers": offers_for(request.user, found),
        "may_apply": own and may_apply(request.user, found.cohort, found, timezone.now()),
        "posts": [] if own else posts,
        "history": history(found),
        "form": form,
    }
    return render(request, "cohorts/memberships/detail.html", context)


def _visible(request: PersonRequest, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.visible_to(request.user).for_detail(), pk=pk)
