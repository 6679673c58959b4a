"""Looking across: what other services do on one's themes, and whom one could meet."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.looking_across import Look, parts_of
from cohorts.models import DoNotPair, Person
from cohorts.policy.peer_meetings import may_invite
from cohorts.requests import PersonRequest
from systemschangers.home.could_meet import could_meet, themes_of_reader

A_MONTH = timedelta(days=31)


@require_safe
def looking_across(request: PersonRequest) -> HttpResponse:
    """For a look-across slot: what other services won, tried, raised and borrowed this month."""
    person = request.user
    themes = themes_of_reader(person)
    since = timezone.now() - A_MONTH
    apart = Person.objects.filter(pk__in=DoNotPair.objects.kept_apart_from(person)).values("pk")
    look = Look(reader=person, themes=list(themes), since=since, people_left_out=apart)
    parts = [
        {
            "part": part,
            "rows": [
                {"found": found, "ask": found.person and bool(may_invite(person, found.person))}
                for found in part.found
            ],
        }
        for part in parts_of(look)
    ]
    context = {"parts": parts, "themes": sorted(themes.values()), "since": since}
    return render(request, "home/looking_across.html", context)


@require_safe
def people_you_could_meet(request: PersonRequest) -> HttpResponse:
    suggestions = could_meet(request.user, timezone.now())
    return render(request, "home/could_meet.html", {"suggestions": suggestions})
