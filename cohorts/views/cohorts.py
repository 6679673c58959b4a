from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts import policy
from cohorts.actions import cohorts as actions
from cohorts.actions import memberships
from cohorts.forms.cohorts import CohortForm, MemberForm, answers_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile, standing
from cohorts.members import members_of, with_posts
from cohorts.models import Cohort, Membership, Person, Stage
from cohorts.policy.exposure_visits import may_read_visits
from cohorts.policy.memberships import may_take_out, may_watch_over
from cohorts.policy.sessions import may_change_stages, may_run
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form

from .paging import page_by_name

NEXT_SESSIONS = 3
ACTIVE = Q(memberships__state=Membership.State.ACTIVE, memberships__person__is_active=True)


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    cohorts = (
        Cohort.objects.visible_to(request.user)
        .select_related("place")
        .annotate(people=Count("memberships", filter=ACTIVE))
    )
    context = {"cohorts": cohorts, "may_change": policy.may_run_cohorts(request.user)}
    return render(request, "cohorts/cohorts/list.html", context)


@require_GET
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    now = timezone.now()
    sessions = shown.sessions.filter(ends_at__gt=now).order_by("starts_at", "id")
    context = {
        "shown": shown,
        "members": page_by_name(with_posts(members_of(shown)), request),
        "may_change": policy.may_run_cohorts(request.user),
        "stages": _standing(list(shown.stages.all()), timezone.localdate(now)),
        "sessions": list(sessions[:NEXT_SESSIONS]),
        "ways": _ways(request.user, shown),
        "may_watch": may_watch_over(request.user, shown),
    }
    return render(request, "cohorts/cohorts/detail.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    policy.may_run_cohorts(request.user).require()
    form = open_form(CohortForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.add, **form.cleaned_data, by=request.user, at=timezone.now())
        if made:
            messages.success(
                request, "Added, with the three stages of the programme. Now add the people in it."
            )
            return redirect("cohorts:cohort", made.pk)
    return render(request, "cohorts/cohorts/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    policy.may_run_cohorts(request.user).require()
    initial = answers_of(shown) | {"seen": standing(shown, actions.TOLD)}
    form, meanwhile = open_form(CohortForm, request, besides=shown, initial=initial), None
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        try:
            if attempt(form, actions.change, cohort=shown, **given):
                messages.success(request, "Saved.")
                return redirect("cohorts:cohort", shown.pk)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(standing(meanwhile, actions.TOLD))
    now = form.rows(answers_of(meanwhile)) if meanwhile else []
    context = {"form": form, "shown": shown, "meanwhile": now}
    status = 409 if meanwhile else 200
    return render(request, "cohorts/cohorts/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def member_new(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    policy.may_run_cohorts(request.user).require()
    form = open_form(MemberForm, request)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            memberships.add,
            cohort=shown,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        if made:
            messages.success(request, f"{made.person} is in the cohort, and has been told.")
            return redirect("cohorts:cohort", shown.pk)
    return render(request, "cohorts/cohorts/member.html", {"form": form, "shown": shown})


@require_http_methods(["GET", "POST"])
def member_taking_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Asked first: they are written to at once, and the name beside it is a thumb away."""
    visible = Cohort.objects.visible_to(request.user)
    membership = get_object_or_404(
        Membership.objects.filter(cohort__in=visible).select_related("person", "cohort"), pk=pk
    )
    may_take_out(request.user, membership).require()
    if request.method == "GET":
        return render(request, "cohorts/cohorts/taking_out.html", {"membership": membership})
    memberships.take_out(membership=membership, by=request.user, at=timezone.now())
    messages.success(
        request,
        f"{membership.person} is out of this cohort, and hears of it. You can add them again.",
    )
    return redirect("cohorts:cohort", membership.cohort_id)


def _visible(request: PersonRequest, pk: int) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.user).select_related("place")
    return get_object_or_404(cohorts, pk=pk)


def _standing(stages: list[Stage], today: date) -> list[dict[str, str]]:
    """Where the cohort is in its programme, as far as the stages have dates."""
    return [
        {
            "label": stage.name,
            "state": "done"
            if stage.ends and stage.ends < today
            else "now"
            if stage.starts and stage.starts <= today
            else "",
        }
        for stage in stages
    ]


def _ways(person: Person, shown: Cohort) -> list[dict[str, str]]:
    """Where this person can go on to from the cohort’s page."""
    ways = [("cohorts:cohort_sessions", "Sessions", "calendar", "What is to come, and what was.")]
    if may_read_visits(person, shown):
        ways.append(("cohorts:visits", "Visits", "eye", "Whom we went to see, and what we saw."))
    if shown.pk in person.reach.cohorts:
        hint = "Once a month, by phone. Only the two who speak read them."
        ways.append(("cohorts:learning_calls", "Learning calls", "phone", hint))
    if may_run(person, shown):
        hint = "Who rings whom, and when they last spoke."
        ways.append(("cohorts:learning_partners", "Learning partners", "people", hint))
    if may_change_stages(person, shown):
        ways.append(("cohorts:stages", "Stages", "list", "The parts of the programme."))
    ways.append(("cohorts:stay", "Who stayed", "people", "How many are still on the frontline."))
    return [
        {
            "url": reverse(name, args=[] if name == "cohorts:learning_calls" else [shown.pk]),
            "label": label,
            "icon": icon,
            "hint": hint,
        }
        for name, label, icon, hint in ways
    ]
