from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts import calendars, session_calendars
from cohorts.actions import calendar as actions
from cohorts.models import CalendarFeed, LeaderRequest, PeerMeeting, PeerPlace

SHOWN_ONCE = "calendar_feed"
MOST = 200


@require_http_methods(["GET", "POST"])
def feed_page(request: HttpRequest) -> HttpResponse:
    """Make a private address, or end it. A new one is shown once, since only its hash is kept."""
    person: Any = request.user
    if request.method == "POST":
        if request.POST.get("what") == "end":
            actions.end_feed(by=person, at=timezone.now())
            messages.success(request, "The address no longer works.")
        else:
            token = actions.make_feed(by=person, at=timezone.now())
            request.session[SHOWN_ONCE] = token
        return redirect("cohorts:calendar")
    token = request.session.pop(SHOWN_ONCE, "")
    address = (
        settings.SITE_ADDRESS + reverse("cohorts:calendar_feed", args=[token]) if token else ""
    )
    feed = CalendarFeed.objects.filter(person=person).first()
    return render(request, "cohorts/calendar/page.html", {"feed": feed, "address": address})


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the calendar reads. The token is the permission; a wrong one is nothing at all."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = (
        CalendarFeed.objects.filter(token_hash=digest, person__is_active=True)
        .select_related("person")
        .first()
    )
    if found is None:
        raise Http404
    who = Q(worker=found.person) | Q(leader__person=found.person)
    state = LeaderRequest.State
    arranged = LeaderRequest.objects.filter(
        who, state__in=[state.ARRANGED, state.HELD, state.FOLLOWED_UP, state.CLOSED]
    ).order_by("-meets_at")
    going = PeerPlace.objects.going().filter(person=found.person).values("meeting")
    peers = PeerMeeting.objects.filter(
        pk__in=going, state__in=[PeerMeeting.State.ARRANGED, PeerMeeting.State.HELD]
    ).order_by("-meets_at")
    more = session_calendars.entries(found.person)
    answer = HttpResponse(
        calendars.feed(arranged[:MOST], peers[:MOST], more),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return answer
