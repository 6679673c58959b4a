"""A round as its page shows it: groups with what is to be known of them, and what may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from django.db.models import Prefetch, QuerySet

from cohorts.match_people import Known, known_of
from cohorts.match_reasons import at_work, listed, theme_names
from cohorts.models import Match, MatchPlace, MatchRound, Person

GROUPS_ON_A_PAGE = 60
MOST_OFFERS = 40
LARGEST = 3


@dataclass(frozen=True)
class Seen:
    """A person in a group, as the page names them."""

    pk: int
    place: int
    name: str
    at_work: str


@dataclass(frozen=True)
class Group:
    match: Match
    people: list[Seen]
    themes: str
    met_before: bool
    one_organisation: bool

    @property
    def names(self) -> str:
        return listed(person.name for person in self.people)


def groups_of(
    round_: MatchRound, first: int = 1, most: int = GROUPS_ON_A_PAGE
) -> tuple[list[Group], int]:
    """Groups from number `first` on, and the number where the next page begins (0: none).

    As many queries for one group as for sixty."""
    matches = list(round_.matches.filter(number__gte=first).order_by("number")[: most + 1])
    shown, more = matches[:most], matches[most:]
    places = _people(MatchPlace.objects.filter(match__in=shown))
    known = known_of({place.person_id for place in places}, besides=round_)
    names = theme_names(known.people.values())
    by_match: dict[int, list[MatchPlace]] = {match.pk: [] for match in shown}
    for place in places:
        by_match[place.match_id].append(place)  # type: ignore[index]
    groups = [_group(match, by_match[match.pk], known, names) for match in shown]
    return groups, more[0].number if more else 0


def left_out_of(round_: MatchRound) -> list[tuple[Seen, str]]:
    places = _people(round_.places.filter(match=None))
    return [(_seen(place), place.left_out) for place in places]


def _people(places: QuerySet[MatchPlace]) -> list[MatchPlace]:
    people = Prefetch("person", queryset=Person.objects.for_list())
    return list(places.order_by("person__name", "pk").prefetch_related(people))


def _seen(place: MatchPlace) -> Seen:
    return Seen(place.person_id, place.pk, place.person.name, at_work(place.person))


def _group(match: Match, places: list[MatchPlace], known: Known, names: dict[int, str]) -> Group:
    numbers = [place.person_id for place in places]
    people = [known.people[number] for number in numbers]
    shared = frozenset.intersection(*(one.themes for one in people)) if people else frozenset()
    return Group(
        match=match,
        people=[_seen(place) for place in places],
        themes=", ".join(sorted(names[theme] for theme in shared if theme in names)),
        met_before=known.met_before(numbers),
        one_organisation=any(a.organisations & b.organisations for a, b in combinations(people, 2)),
    )


def offers_for(round_: MatchRound, person: int) -> list[tuple[str, str]]:
    """Changes that break no rule: swap with somebody, or join a group. Those without a repeat first.

    What is not possible is not there, and nothing says why: the reason may be somebody's own."""
    places = list(round_.places.select_related("person", "match").order_by("match__number", "pk"))
    groups: dict[int, list[int]] = {}
    for place in places:
        if place.match_id:
            groups.setdefault(place.match_id, []).append(place.person_id)
    names = {place.person_id: place.person.name for place in places}
    mine = next(place for place in places if place.person_id == person)
    own = [number for number in groups.get(mine.match_id or 0, []) if number != person]
    known = known_of(set(names), besides=round_)
    found: list[tuple[bool, int, str, str]] = []
    for place in places:
        if place.person_id == person or place.match_id == mine.match_id:
            continue
        theirs = [n for n in groups.get(place.match_id or 0, []) if n != place.person_id]
        after = [[*own, place.person_id], [*theirs, person]]
        if all(_possible(known, group) for group in after):
            met = any(known.met_before(group) for group in after)
            words = f"Swap with {place.person.name}, " + (
                f"who is with {listed(names[n] for n in theirs)}" if theirs else "who is left out"
            )
            found.append((met, 0, f"swap-{place.person_id}", words))
    for match, group in groups.items():
        joined = [*group, person]
        if match == mine.match_id or len(group) >= LARGEST or (mine.match_id and len(own) < 2):
            continue
        if _possible(known, joined):
            words = f"Join {listed(names[n] for n in group)}, which makes three"
            found.append((known.met_before(joined), 1, f"join-{match}", words))
    found.sort(key=lambda offer: offer[:2])
    return [
        (value, f"{words} (some have been matched before)" if met else words)
        for met, _, value, words in found[:MOST_OFFERS]
    ]


def _possible(known: Known, group: list[int]) -> bool:
    """A group of one, where somebody who was left out stood, is no group."""
    return len(group) < 2 or known.may_be_together(group)
