from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Person, Post
from systemschangers.home.cohort_health import stuck
from systemschangers.home.waiting import by_group, in_short, waiting_on
from wins.cards import cards, thin
from wins.models import Win
from wins.story_shelf import for_who_is_new

NEWEST = 5
MOST_STUCK = 5


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Log a small win; what waits on you; what is new. An empty installation leads to its start."""
    person = request.user
    if not person.is_authenticated:
        if not Person.objects.exists():
            return redirect("cohorts:start")
        return redirect_to_login("/", settings.LOGIN_URL)
    now = timezone.now()
    newest = thin(Win.objects.visible_to(person).logged(), person).order_by("-logged_at", "-id")
    kinds = person.reach.kinds
    context = {
        "waiting": in_short(waiting_on(person, now)),
        "stuck": stuck(person, now, most=MOST_STUCK),
        "cards": cards(list(newest[:NEWEST]), person=person, now=now),
        "stories": for_who_is_new(person, now),
        "asked_about_meeting": bool(kinds) and not person.meeting_answered_at,
        "is_worker": Post.Kind.FRONTLINE in kinds or not kinds,
        "is_manager": Post.Kind.MANAGER in kinds,
        "is_leader": Post.Kind.LEADER in kinds,
        "is_programme_staff": person.reach.is_programme_staff,
    }
    return render(request, "home/home.html", context)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """All that waits on the reader, each group whole."""
    person: Any = request.user
    groups = by_group(waiting_on(person, timezone.now()))
    return render(request, "home/waiting.html", {"groups": groups})
