"""Whom a match round is for, and what matching needs to know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from django.utils import timezone

from cohorts import matching
from cohorts.matching import Someone, pair
from cohorts.models import (
    DoNotPair,
    MatchPause,
    MatchPlace,
    MatchRound,
    Membership,
    PeerMeeting,
    PeerPlace,
    Person,
    Post,
)
from cohorts.themes_of_people import themes_of


def people_for(round_: MatchRound) -> set[int]:
    """Numbers of all it is for, those who pause included.

    Of a cohort the participants, who came to be brought together; of a place and of everybody here only
    those who said they are open to meet."""
    if round_.whom == MatchRound.Whom.COHORT:
        people = Person.objects.here().filter(
            memberships__cohort=round_.cohort_id,
            memberships__state=Membership.State.ACTIVE,
            memberships__role=Membership.Role.PARTICIPANT,
        )
    else:
        people = Person.objects.open_to_meet()
        if round_.whom == MatchRound.Whom.PLACE:
            posts = Post.objects.current().filter(service__place=round_.place_id)
            people = people.filter(pk__in=posts.values("person"))
    return set(people.order_by().values_list("pk", flat=True))


def pausing(people: Collection[int], day: date) -> set[int]:
    return set(
        MatchPause.objects.on(day).filter(person__in=people).values_list("person", flat=True)
    )


@dataclass(frozen=True)
class Known:
    """People as matching sees them, whom they met before, and whom they are kept apart from."""

    people: dict[int, Someone]
    met: set[matching.Pair]
    apart: set[matching.Pair]

    def rules(self, numbers: Collection[int]) -> matching.Rules:
        """To ask whether these may be together."""
        order = [self.people[number] for number in numbers]
        return matching.Rules(order, met=self.met, apart=self.apart)

    def may_be_together(self, numbers: Collection[int]) -> bool:
        known = all(number in self.people for number in numbers)
        return known and self.rules(numbers).may_all(range(len(numbers)))

    def met_before(self, numbers: Collection[int]) -> bool:
        return any(pair(a, b) in self.met for a, b in combinations(numbers, 2))


def known_of(people: Collection[int], *, besides: MatchRound) -> Known:
    """Of these people. Six queries, and one for each app that knows their themes."""
    jobs = Post.objects.current().filter(person__in=people).order_by()
    services: dict[int, set[int]] = {number: set() for number in people}
    organisations: dict[int, set[int]] = {number: set() for number in people}
    for person, service, organisation in jobs.values_list(
        "person", "service", "service__organisation"
    ):
        services[person].add(service)
        organisations[person].add(organisation)
    themes = themes_of(people)
    return Known(
        people={
            number: Someone(
                number,
                services=frozenset(services[number]),
                organisations=frozenset(organisations[number]),
                themes=frozenset(themes.get(number, ())),
            )
            for number in people
        },
        met=_met(people, besides),
        apart={
            pair(person, other)
            for person, other in DoNotPair.objects.filter(
                person__in=people, other__in=people
            ).values_list("person", "other")
        },
    )


def _met(people: Collection[int], besides: MatchRound) -> set[matching.Pair]:
    """The pairs that rounds sent before brought together, and those who met by themselves."""
    matched = MatchPlace.objects.filter(
        person__in=people, match__isnull=False, round__state=MatchRound.State.SENT
    ).exclude(round=besides)
    met = PeerPlace.objects.of_those_who_met().filter(
        person__in=people, meeting__kind=PeerMeeting.Kind.ONE_TO_ONE
    )
    if besides.pk:
        met = met.exclude(meeting__match__round=besides)
    pairs: set[matching.Pair] = set()
    for rows in (
        matched.order_by().values_list("match", "person"),
        met.order_by().values_list("meeting", "person"),
    ):
        groups: dict[int, list[int]] = {}
        for group, person in rows:
            groups.setdefault(group, []).append(person)
        pairs |= {pair(a, b) for group in groups.values() for a, b in combinations(group, 2)}
    return pairs


def eligible(round_: MatchRound, at: datetime) -> tuple[set[int], set[int]]:
    """Who takes part today, and who pauses."""
    everybody = people_for(round_)
    out = pausing(everybody, timezone.localdate(at))
    return everybody - out, out
