"""Facts added up for every group and period, and which of these figures may be shown.

Pure: facts in, figures out. The sums that `kernel.small_groups` is told of are all the ways in which one
figure of a measure can be taken from another: everyone is its organisations (and who has none), an
organisation its services, everyone its cohorts (and who is in none), a cohort whatever lies wholly in it
and the rest, and the other way about; a year is its quarters, a quarter its months; a whole is its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from systemschangers.kernel.small_groups import Sum, showable

from .facts import OVERLAPPING, Fact
from .periods import month_in, quarter_in, year_of

Unit = tuple[str, int]
# unit, period, split, value
Key = tuple[Unit, str, str, str]
EVERYONE: Unit = ("everyone", 0)
NOBODYS = 0  # of the units: who has no organisation, service or cohort. No page shows these.


@dataclass(frozen=True)
class Figure:
    """`amount` is None where the figure is held back."""

    amount: Decimal | None


def work_out(
    facts: Iterable[Fact], organisation_of: Mapping[int, int], too_small: AbstractSet[Unit]
) -> dict[tuple[str, *Key], Figure]:
    """Every figure of every measure. `too_small` are groups of fewer than five: never shown."""
    by_measure: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_measure[fact.measure].append(fact)
    return {
        (measure, *key): figure
        for measure, own in by_measure.items()
        for key, figure in _of_measure(own, organisation_of, too_small).items()
    }


def _of_measure(
    facts: list[Fact], organisation_of: Mapping[int, int], too_small: AbstractSet[Unit]
) -> dict[Key, Figure]:
    amounts: dict[Key, Decimal] = defaultdict(Decimal)
    people: dict[Key, set[int]] = defaultdict(set)
    not_on = _not_on(facts)
    for fact in [*facts, *not_on]:
        for unit in _units(fact, organisation_of):
            for period in _periods(fact):
                key = (unit, period, fact.split, fact.value)
                amounts[key] += fact.amount
                people[key].add(fact.person)
    who = {key: frozenset(them) for key, them in people.items()}
    nested, rests = _nested(_between(facts, not_on, organisation_of))
    sums = _sums(who, organisation_of) + nested
    who |= rests
    never = {
        key
        for key in who
        if key not in amounts
        or (key[0] != EVERYONE and key[0][1] == NOBODYS)
        or key[0] in too_small
        or key[2].startswith("not ")
    }
    shown = showable(who, sums, never)  # type: ignore[arg-type]
    return {
        key: Figure(amount if key in shown else None)
        for key, amount in amounts.items()
        if key not in never or (key[0] in too_small and not key[2].startswith("not "))
    }


def _units(fact: Fact, organisation_of: Mapping[int, int]) -> list[Unit]:
    organisation = organisation_of.get(fact.service, NOBODYS)
    return [
        EVERYONE,
        ("organisation", organisation),
        ("service", fact.service),
        ("cohort", fact.cohort),
    ]


def _periods(fact: Fact) -> list[str]:
    """Months for wholes alone: split as well they would be too few people to show."""
    found = [year_of(fact.month), quarter_in(fact.month)]
    return found if fact.split else [*found, month_in(fact.month)]


def _not_on(facts: list[Fact]) -> list[Fact]:
    """For each part of a split whose parts overlap, what is not in it: the whole less the part."""
    found = []
    for split in OVERLAPPING:
        on: dict[tuple[int, int, int, date], dict[str, Decimal]] = defaultdict(dict)
        for fact in facts:
            if fact.split == split:
                of = on[fact.person, fact.service, fact.cohort, fact.month]
                of[fact.value] = of.get(fact.value, Decimal()) + fact.amount
        values = {value for of in on.values() for value in of}
        wholes: dict[tuple[int, int, int, date], Decimal] = defaultdict(Decimal)
        for fact in facts:
            if not fact.split:
                wholes[fact.person, fact.service, fact.cohort, fact.month] += fact.amount
        for (person, service, cohort, month), whole in wholes.items():
            of = on.get((person, service, cohort, month), {})
            for value in values:
                rest = whole - of.get(value, Decimal())
                if rest:
                    found.append(
                        Fact("", person, service, cohort, month, rest, f"not {split}", value)
                    )
    return found


# Unit, unit -> of each key (period, split, value), who is in both.
Overlaps = dict[tuple[Unit, Unit], dict[tuple[str, str, str], set[int]]]


def _between(facts: list[Fact], not_on: list[Fact], organisation_of: Mapping[int, int]) -> Overlaps:
    """Who is in a cohort and in a service (or organisation), for each period and part."""
    found: Overlaps = defaultdict(lambda: defaultdict(set))
    for fact in [*facts, *not_on]:
        _, organisation, service, cohort = _units(fact, organisation_of)
        for period in _periods(fact):
            at = (period, fact.split, fact.value)
            found[cohort, organisation][at].add(fact.person)
            found[cohort, service][at].add(fact.person)
    return found


def _sums(who: dict[Key, frozenset[int]], organisation_of: Mapping[int, int]) -> list[Sum]:
    children: dict[tuple[str, Key], list[Key]] = defaultdict(list)
    for key in who:
        unit, period, split, value = key
        kind, number = unit
        if kind in ("organisation", "cohort"):
            children[kind, (EVERYONE, period, split, value)].append(key)
        if kind == "service":
            parent = ("organisation", organisation_of.get(number, NOBODYS))
            children["service", (parent, period, split, value)].append(key)
        if "-q" in period:
            children["quarter", (unit, period[:4], split, value)].append(key)
        elif "-" in period:
            quarter = f"{period[:4]}-q{(int(period[5:]) + 2) // 3}"
            children["month", (unit, quarter, split, value)].append(key)
        if split:
            overlapping = split.removeprefix("not ") in OVERLAPPING
            part = f"{split.removeprefix('not ')} {value}" if overlapping else split
            children[part, (unit, period, "", "")].append(key)
    return [Sum(whole, tuple(parts)) for (_, whole), parts in children.items()]


def _nested(overlaps: Overlaps) -> tuple[list[Sum], dict[Key, frozenset[int]]]:
    """A cohort and the services (organisations) that lie wholly in it, beside the rest of it; and the
    other way about. Returns the sums, and who the rests are made of."""
    across: dict[tuple[Key, str], dict[Key, set[int]]] = defaultdict(dict)
    for (cohort, other), at in overlaps.items():
        for (period, split, value), them in at.items():
            mine, theirs = (cohort, period, split, value), (other, period, split, value)
            across[mine, other[0]][theirs] = them
            across[theirs, "cohort"][mine] = them
    sums, rests = [], {}
    for (whole, kind), others in across.items():
        own_kind = whole[0][0]
        inside = tuple(key for key in others if len(across[key, own_kind]) == 1)
        outside: frozenset[int] = frozenset().union(
            *(them for key, them in others.items() if key not in inside)
        )
        if inside and outside:
            rest = (whole[0], whole[1], whole[2], f"{whole[3]} without every {kind} wholly in it")
            rests[rest] = outside
            sums.append(Sum(whole, (*inside, rest)))
        elif inside:
            sums.append(Sum(whole, inside))
    return sums, rests
