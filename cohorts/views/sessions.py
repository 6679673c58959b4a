from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions import sessions as actions
from cohorts.forms.sessions import CallingOffForm, SessionForm, answers_of
from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.models import Attendance, Cohort, Session
from cohorts.policy.sessions import (
    may_call_off_session,
    may_change_session,
    may_run,
    may_say_whether_coming,
    may_tick,
)
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key

MOST = 50
NAMED = 40


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The sessions of every cohort one is in."""
    person: Any = request.user
    return _list(request, Session.objects.filter(cohort__in=person.reach.cohorts))


@require_safe
def of_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    return _list(request, Session.objects.filter(cohort=shown), shown)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    shown = get_object_or_404(Cohort.objects.visible_to(person), pk=pk)
    may_run(person, shown).require()
    form: Any = open_form(SessionForm, request, cohort=shown)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = attempt(form, actions.plan, cohort=shown, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, "Planned. Everybody in the cohort is told.")
            return redirect(made)
    return render(request, "cohorts/sessions/form.html", {"form": form, "shown": shown})


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, how to take part; for staff, who is coming and the way to the ticks."""
    person: Any = request.user
    found = _visible(request, pk)
    now = timezone.now()
    runs = may_run(person, found.cohort_id)
    context = {
        "session": found,
        "now": now,
        "over": found.is_over(now),
        "today": found.day_has_come(now),
        "runs": runs,
        "may_change": may_change_session(person, found),
        "may_call_off": found.state == Session.State.PLANNED
        and may_call_off_session(person, found, now),
        "may_tick": may_tick(person, found),
        "may_say": may_say_whether_coming(person, found, now),
        "own": Attendance.objects.filter(session=found, person=person).first(),
    }
    if runs:
        context |= _who_came(person, found)
    return render(request, "cohorts/sessions/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    may_change_session(person, found).require()
    form: Any = open_form(
        SessionForm, request, cohort=found.cohort, session=found, initial=answers_of(found)
    )
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = attempt(
                form, actions.change, session=found, **given, by=person, at=timezone.now()
            )
        except ChangedMeanwhile as changed:
            meanwhile, done = changed.now, None
            form.now_on(meanwhile)
        if done:
            messages.success(request, "Saved.")
            return redirect(done)
    context = {"form": form, "shown": found.cohort, "session": found, "meanwhile": meanwhile}
    status = 409 if meanwhile else 200
    return render(request, "cohorts/sessions/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def calling_off(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = _visible(request, pk)
    now = timezone.now()
    may_run(person, found.cohort_id).require()
    if found.state == Session.State.CALLED_OFF:
        raise WrongState(f"{found.called_off_by} has already called off this session.")
    may_call_off_session(person, found, now).require()
    form: Any = open_form(CallingOffForm, request)
    if request.method == "POST" and form.is_valid():
        actions.call_off(session=found, **form.cleaned_data, by=person, at=now)
        messages.success(request, "Called off. Everybody in the cohort is told.")
        return redirect(found)
    return render(request, "cohorts/sessions/calling_off.html", {"form": form, "session": found})


@require_POST
def coming(request: HttpRequest, pk: int) -> HttpResponse:
    """A member says that they can't come; or can, after all."""
    person: Any = request.user
    found = _visible(request, pk)
    if request.POST.get("coming") == "yes":
        actions.can_come(session=found, by=person, at=timezone.now())
        messages.success(request, "Good. You are expected again.")
    else:
        actions.cant_come(session=found, by=person, at=timezone.now())
        messages.success(request, "Noted, and the staff of your cohort are told.")
    return redirect(found)


def _list(
    request: HttpRequest, found: QuerySet[Session], shown: Cohort | None = None
) -> HttpResponse:
    """What is to come, soonest first; or what has been, a page at a time."""
    person: Any = request.user
    now = timezone.now()
    past = request.GET.get("show") == "past"
    own = Attendance.objects.filter(session=OuterRef("pk"), person=person).values("state")[:1]
    found = found.for_list().annotate(own=Subquery(own))  # type: ignore[attr-defined]
    page = None
    if past:
        found = found.past(now)  # type: ignore[attr-defined]
        page = page_by_key(found, request.GET.get("page", ""), key=("starts_at", "id"))
    rows = page.rows if page else list(found.coming(now).order_by("starts_at", "id")[:MOST])  # type: ignore[attr-defined]
    here = (
        reverse("cohorts:cohort_sessions", args=[shown.pk])
        if shown
        else reverse("cohorts:sessions")
    )
    context = {
        "shown": shown,
        "rows": rows,
        "page": page,
        "past": past,
        "all_shown": len(rows) < MOST,
        "may_run": shown and may_run(person, shown),
        "tabs": [
            {"label": "To come", "url": here, "current": not past},
            {"label": "Past", "url": f"{here}?show=past", "current": past},
        ],
    }
    return render(request, "cohorts/sessions/list.html", context)


def _who_came(person: Any, found: Session) -> dict[str, Any]:
    """Figures for staff, and the names of those who can't come."""
    said = Attendance.objects.visible_to(person).filter(session=found)
    counts = dict(said.order_by().values_list("state").annotate(Count("pk")))
    sent_word = said.filter(state=Attendance.State.SENT_WORD).order_by("person__name")
    return {
        "counts": counts,
        "sent_word": list(sent_word.values_list("person__name", flat=True)[:NAMED]),
    }


def _visible(request: HttpRequest, pk: int) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.user).for_detail(), pk=pk)
