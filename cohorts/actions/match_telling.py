"""Telling people of a round that was sent: whom they meet and why, or why nobody this time.

The first groups are told at once; the queue tells the rest, so that a round of a thousand people keeps no
page waiting. Told again, nobody hears twice."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from cohorts import events
from cohorts.match_people import Known, known_of
from cohorts.match_reasons import at_work, listed, theme_names, why_these
from cohorts.models import Match, MatchPlace, MatchRound, Person
from systemschangers.kernel import activity, letters
from systemschangers.kernel.paces import NEWS, Pace, paces_of, stop_address

from .peer_meetings import pair_up

AT_ONCE = 25
MATCH = "match"


def tell(*, round: MatchRound, known: Known, at: datetime) -> int:
    """The next groups that were not told yet. Gives how many people were told.

    The caller holds the round's lock, or the queue's."""
    matches = list(
        round.matches.filter(told_at=None).select_for_update().order_by("number")[: AT_ONCE + 1]
    )
    now, more = matches[:AT_ONCE], len(matches) > AT_ONCE
    places = list(
        MatchPlace.objects.filter(match__in=now)
        .order_by("match__number", "pk")
        .only("pk", "match_id", "person_id", "round_id")
    )
    people = {
        person.pk: person
        for person in Person.objects.filter(pk__in=[place.person_id for place in places]).for_list()
    }
    themes = theme_names(known.people.values())
    paces = paces_of(people.values())
    told = 0
    for match in now:
        group = [place for place in places if place.match_id == match.pk]
        told += _tell_match(round, match, group, people, known, themes, paces, at)
    if more:
        app.configure_task("cohorts.tell_match_round").defer(match_round=round.pk)
    return told


def tell_on(*, round: int, at: datetime) -> int:
    """For the queue: the next groups of a round."""
    with transaction.atomic():
        round_ = MatchRound.objects.select_for_update().filter(state="sent").get(pk=round)
        people = round_.places.filter(match__isnull=False, match__told_at=None)
        known = known_of(set(people.values_list("person", flat=True)), besides=round_)
        return tell(round=round_, known=known, at=at)


def tell_left_out(*, round: MatchRound, at: datetime) -> None:
    """Why there is nobody for them this time."""
    for place in round.places.filter(match=None).select_related("person"):
        activity.record(
            events.MATCH_LEFT_OUT, actor=round.sent_by, target=place, at=at, notify=[place.person]
        )


def _tell_match(
    round_: MatchRound,
    match: Match,
    group: list[MatchPlace],
    people: dict[int, Person],
    known: Known,
    themes: dict[int, str],
    paces: dict[tuple[int, str], str],
    at: datetime,
) -> int:
    here = [people[place.person_id] for place in group if people[place.person_id].is_active]
    match.told_at = at
    if len(here) < 2:
        match.save(update_fields=["told_at"])
        return 0
    match.meeting = pair_up(
        people=here,
        question=round_.question,
        by=round_.sent_by,  # type: ignore[arg-type]
        at=at,
        tell=False,
    )
    match.save(update_fields=["told_at", "meeting"])
    why = why_these([known.people[person.pk] for person in here], themes)
    for place in group:
        person = people[place.person_id]
        if not person.is_active:
            continue
        activity.record(
            events.MATCH_MADE, actor=round_.sent_by, target=place, at=at, notify=[person]
        )
        if paces[person.pk, NEWS.key] != Pace.NEVER:
            others = [other for other in here if other.pk != person.pk]
            _write(round_, place, person, others, why, at)
    return len(here)


def _write(
    round_: MatchRound,
    place: MatchPlace,
    person: Person,
    others: list[Person],
    why: str,
    at: datetime,
) -> None:
    stop = stop_address(person, NEWS)
    context = {
        "person": person,
        "others": [{"name": other.name, "at_work": at_work(other)} for other in others],
        "names": listed(other.name for other in others),
        "why": why,
        "round": round_,
        "site": settings.SITE_ADDRESS,
        "action_url": settings.SITE_ADDRESS + place.get_absolute_url(),
        "action_label": "See whom you meet, and find a date",
        "stop": stop,
    }
    letters.write(
        to=person.email,
        kind=MATCH,
        subject=f"You meet {context['names']}",
        text=render_to_string("emails/cohorts/match.txt", context).strip() + "\n",
        html=render_to_string("emails/cohorts/match.html", context),
        at=at,
        recipient=person,
        dedupe_key=f"match-place:{place.pk}",
        stop=stop,
    )
