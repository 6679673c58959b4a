from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.actions import attendance as actions
from cohorts.forms.attendance import ticks_in
from cohorts.members import in_the_room, members_of
from cohorts.models import Attendance, Session
from cohorts.policy.sessions import may_run, may_tick
from systemschangers.kernel.lifecycle import WrongState

from .paging import page_by_name

SIZE = 40
State = Attendance.State


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody by name, one tap each. One form saves the page; with JavaScript a tap saves itself."""
    person: Any = request.user
    session = get_object_or_404(Session.objects.visible_to(person).for_detail(), pk=pk)
    may_run(person, session.cohort_id).require()
    if session.state == Session.State.CALLED_OFF:
        raise WrongState(may_tick(person, session).reason)
    if request.method == "POST":
        try:
            ticks = ticks_in(request.POST)
            done = actions.tick(session=session, ticks=ticks, by=person, at=timezone.now())
        except ValidationError as error:
            return _page(request, session, " ".join(error.messages))
        if "X-Draft" not in request.headers:
            _say(request, done)
        elif done.left_out:
            return _page(request, session, _left_out(done))
        return redirect(_next(request, session))
    return _page(request, session)


def _page(request: HttpRequest, session: Session, problem: str = "") -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = in_the_room(session)
    for word in words.split()[:4]:
        found = found.filter(person__name__icontains=word)
    said = Attendance.objects.filter(session=session).order_by()
    counts = dict(said.values_list("state").annotate(Count("pk")))
    members = members_of(session.cohort_id).count()
    now = timezone.now()
    today = session.day_has_come(now)
    choices = [(State.CAME, "Here", "check"), (State.SENT_WORD, "Sent word", "mail")]
    choices += [(State.MISSED, "Not there", "close")]
    choices = choices if today else choices[1:2]
    context = {
        "session": session,
        "page": page_by_name(found, request, SIZE),
        "choices": choices,
        "counts": [(state, label, counts.get(state, 0)) for state, label, _ in choices],
        "members": members,
        "today": today,
        "over": session.is_over(now),
        "words": words,
        "problem": problem,
    }
    return render(request, "cohorts/attendance/page.html", context)


def _next(request: HttpRequest, session: Session) -> str:
    """Back to the same names; or on to the next, when that was the button."""
    keep = {name: request.GET[name] for name in ("q", "after", "before") if request.GET.get(name)}
    after = request.POST.get("next", "")
    if after.isascii() and after.isdigit():
        keep = {"after": after} | ({"q": keep["q"]} if "q" in keep else {})
    here = reverse("cohorts:attendance", args=[session.pk])
    return f"{here}?{urlencode(keep)}" if keep else here


def _say(request: HttpRequest, done: actions.Ticked) -> None:
    if done.saved:
        people = "1 person" if done.saved == 1 else f"{done.saved} people"
        messages.success(request, f"Saved for {people}.")
    elif not done.left_out:
        messages.info(request, "Nothing was changed.")
    if done.overruled:
        names = ", ".join(done.overruled)
        messages.warning(
            request,
            f"Somebody else had ticked {names} meanwhile. What you ticked stands now: have a look.",
        )
    if done.left_out:
        messages.warning(request, _left_out(done))


def _left_out(done: actions.Ticked) -> str:
    names = ", ".join(done.left_out)
    have = "has" if len(done.left_out) == 1 else "have"
    return f"{names} {have} left this cohort, so nothing was saved for them."
