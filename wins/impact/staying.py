"""How many stayed on the frontline, for the impact pages: by `cohorts.stay_rates`, counted to today.

Told of groups of five or more who joined so long ago, with their denominator and those not known, as the
page of a cohort tells it. What is held back is a group, where whoever takes the others from a whole
would be left with fewer than five; what the pages of cohorts tell anyway is taken as known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cohorts.stay_rates import (
    GONE,
    MOMENTS,
    STAYED,
    UNKNOWN,
    journeys_of,
    months_after,
    who_joined,
)
from systemschangers.kernel.small_groups import FEWEST, Crowd, Sum, showable

from .facts import Places
from .figures import EVERYONE, NOBODYS, Both, Figure, Key, Unit, nested_sums, sums_of, units_of

MEASURE = "stay"
VALUES = {STAYED: "stayed", GONE: "gone", UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Place:
    """A place in a cohort: whose, and where they were at each moment that has come."""

    person: int
    service: int
    cohort: int
    at: Mapping[int, str]


def period_of(months: int) -> str:
    return f"m{months:02}"


def all_places(today: date) -> list[Place]:
    """Four queries, however many there are."""
    joined = list(who_joined().select_related("person", "cohort"))
    journeys, places = journeys_of(joined), Places()
    return [
        Place(
            one.person_id,
            places.service.get(one.person_id, NOBODYS),
            one.cohort_id,
            {
                months: VALUES[journey.at(months)]
                for months in MOMENTS
                if months_after(journey.joined_on, months) <= today
            },
        )
        for one in joined
        if (journey := journeys[one.pk]).joined_on <= today and journey.on_the_frontline_at_first
    ]


def work_out_stay(
    places: Iterable[Place], organisation_of: Mapping[int, int], too_small: AbstractSet[Unit]
) -> dict[tuple[str, *Key], Figure]:
    """Of each group and moment: who joined and, where these may be told, where they were."""
    who: dict[Key, Crowd] = defaultdict(int)
    many: dict[Key, Counter[str]] = defaultdict(Counter)
    between: dict[Key, Crowd] = defaultdict(int)
    both: dict[tuple[Both, str, str, str], Crowd] = defaultdict(int)
    bits: dict[int, Crowd] = {}
    for place in places:
        units = units_of(place.service, place.cohort, organisation_of)
        bit = bits.setdefault(place.person, 1 << len(bits))
        for months, where in place.at.items():
            period = period_of(months)
            for unit in units:
                who[unit, period, "", ""] |= bit
                many[unit, period, "", ""][where] += 1
                if _next(months) not in place.at:
                    between[unit, period, "", ""] |= bit
            for other in units[1:3]:
                both[(units[3], other), period, "", ""] |= bit
    nested, rests = nested_sums(both)
    sums = sums_of(who, organisation_of) + nested + _by_moment(who, between, rests)
    shown = _shown(who, rests, sums, too_small)
    found: dict[tuple[str, *Key], Figure] = {}
    for key, counted in many.items():
        unit, period, *_ = key
        if unit != EVERYONE and unit[1] == NOBODYS:
            continue
        is_shown = key in shown
        found[MEASURE, *key] = Figure(Decimal(counted.total()) if is_shown else None)
        if is_shown:
            for value in VALUES.values():
                found[MEASURE, unit, period, MEASURE, value] = Figure(Decimal(counted[value]))
    return found


def _shown(
    who: dict[Key, Crowd],
    rests: dict[Key, Crowd],
    sums: list[Sum],
    too_small: AbstractSet[Unit],
) -> set[Key]:
    told = {
        key for key in who if key[0][0] == "cohort" and key[0][1] and who[key].bit_count() >= FEWEST
    }
    nobodys = {key for key in who if key[0] != EVERYONE and key[0][1] == NOBODYS}
    never = {*rests, *nobodys, *(key for key in who if key[0] in too_small)} - told
    return showable(who | rests, sums, never, told)


def _next(months: int) -> int | None:
    return dict(pairwise(MOMENTS)).get(months)


def _by_moment(
    who: dict[Key, Crowd],
    between: dict[Key, Crowd],
    rests: dict[Key, Crowd],
) -> list[Sum]:
    """Who joined a year ago joined half a year ago as well: each moment is the next one, and those who
    joined in between. Adds who these are to `rests`."""
    found = []
    for (unit, period, *_), people in between.items():
        months = _next(int(period[1:]))
        later: Key = (unit, period_of(months), "", "") if months else (unit, "", "", "")
        if later in who:
            rest: Key = (unit, f"{period} less {later[1]}", "", "")
            rests[rest] = people
            found.append(Sum((unit, period, "", ""), (later, rest)))
    return found
