from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cohorts.match_people import known_of
from cohorts.match_reasons import theme_names, why_these
from cohorts.models import MatchPlace, Person
from cohorts.requests import PersonRequest


@require_safe
def match_place(request: PersonRequest, pk: int) -> HttpResponse:
    """Whom somebody meets in a round, and why them; or why nobody this time."""
    places = MatchPlace.objects.visible_to(request.user).select_related("round", "match", "person")
    place = get_object_or_404(places, pk=pk)
    group = list(
        Person.objects.here().filter(match_places__match=place.match_id).for_list()
        if place.match_id
        else []
    )
    others = [one for one in group if one.pk != place.person_id]
    known = known_of({one.pk for one in group}, besides=place.round)
    people = known.people.values()
    context = {
        "place": place,
        "others": others,
        "why": why_these(people, theme_names(people)) if others else "",
        "mine": place.person_id == request.user.pk,
    }
    return render(request, "cohorts/match_places/detail.html", context)
