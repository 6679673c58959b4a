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
from functools import cache
from typing import Any

from systemschangers.kernel.small_groups import FEWEST, Crowd, Sum, showable

from .facts import Fact
from .kinds import OVERLAPPING
from .periods import month_in, quarter_in, year_of

Unit = tuple[str, int]
# A cohort and a service or organisation: what is of both.
Both = tuple[Unit, Unit]
# unit, period, split, value
Key = tuple[Unit, str, str, str]
EVERYONE: Unit = ("everyone", 0)
# In the place of a split: how many people a figure is of, about.
PEOPLE = "people"
NOBODYS = 0  # of the units: who has no organisation, service or cohort. No page shows these.


@dataclass(frozen=True)
class Figure:
    """`amount` is None where the figure is held back."""

    amount: Decimal | None


def work_out(
    facts: Iterable[Fact], organisation_of: Mapping[int, int], too_small: AbstractSet[Unit]
) -> dict[tuple[str, *Key], Figure]:
    """Every figure of every measure. `too_small` are groups of fewer than five: never shown."""
    by_measure: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        by_measure[fact.measure][fact.person].append(fact)
    return {
        (measure, *key): figure
        for measure, own in by_measure.items()
        for key, figure in _of_measure(own, organisation_of, too_small).items()
    }


def _of_measure(
    facts: Mapping[int, list[Fact]],
    organisation_of: Mapping[int, int],
    too_small: AbstractSet[Unit],
) -> dict[Key, Figure]:
    tally = Tally()
    for place, own in enumerate(facts.values()):
        tally.add(own, 1 << place, organisation_of)
    who, both = tally.who | _not_on(tally.who, tally.all_in), tally.both
    nested, rests = nested_sums(both | _not_on(both, tally.all_in))
    sums = sums_of(who, organisation_of) + nested
    never = {
        key
        for key in who
        if key not in tally.amounts
        or (key[0] != EVERYONE and key[0][1] == NOBODYS)
        or key[0] in too_small
    }
    shown = showable(who | rests, sums, never | rests.keys(), worth=_worth)
    found = {
        key: Figure(amount if key in shown else None)
        for key, amount in tally.amounts.items()
        if key not in never or key[0] in too_small
    }
    for unit, period, split, value in [key for key in found if not key[2] and key in shown]:
        many = about(who[unit, period, split, value].bit_count())
        found[unit, period, PEOPLE, ""] = Figure(Decimal(many))
    return found


class Tally:
    """Of each figure how much, and who: people are bits of a number. `both` is of a cohort and a service
    or organisation together. `all_in` are those who have nothing in the whole that is not in this part."""

    def __init__(self) -> None:
        self.amounts: dict[Key, Decimal] = defaultdict(Decimal)
        self.who: dict[Key, Crowd] = defaultdict(int)
        self.both: dict[tuple[Both, str, str, str], Crowd] = defaultdict(int)
        self.all_in: dict[tuple[Unit | Both, str, str, str], Crowd] = defaultdict(int)

    def add(self, own: Iterable[Fact], bit: Crowd, organisation_of: Mapping[int, int]) -> None:
        """All the facts of one person."""
        found: dict[Any, Decimal] = defaultdict(Decimal)
        for (service, cohort), here in _by_place(own).items():
            units = units_of(service, cohort, organisation_of)
            both = [(units[3], other) for other in units[1:3]]
            for (period, split, value), amount in here.items():
                # Parts of smaller groups only by the year: of a quarter too few are in each.
                small_part = split and "-" in period
                for unit in units[:2] if small_part else [*units, *both]:
                    found[unit, period, split, value] += amount
        for key, amount in found.items():
            unit, period, split, _ = key
            if isinstance(unit[0], str):
                self.amounts[key] += amount
                self.who[key] |= bit
            else:
                self.both[key] |= bit
            if split in OVERLAPPING and amount == found[unit, period, "", ""]:
                self.all_in[key] |= bit


Places = dict[tuple[int, int], dict[tuple[str, str, str], Decimal]]


def _by_place(facts: Iterable[Fact]) -> Places:
    """Of each service and cohort: by period, split and value. Months for wholes alone: split as well
    they would be too few people to show."""
    found: Places = defaultdict(lambda: defaultdict(Decimal))
    for fact in facts:
        here = found[fact.service, fact.cohort]
        for period in _periods(fact.month)[: 2 if fact.split else 3]:
            here[period, fact.split, fact.value] += fact.amount
    return found


def _not_on(who: Mapping[Any, Crowd], all_in: Mapping[Any, Crowd]) -> dict[Any, Crowd]:
    """Where parts overlap, each has what is not in it beside it: the whole less the part."""
    values = {(split, value) for _, _, split, value in who if split in OVERLAPPING}
    split_at = {(unit, period) for unit, period, split, _ in who if split in OVERLAPPING}
    return {
        (unit, period, f"not {split}", value): who[unit, period, "", ""]
        & ~all_in.get((unit, period, split, value), 0)
        for unit, period in split_at
        for split, value in values
    }


def _worth(key: Key) -> int:
    """How much a figure is missed where it is held back so that another can't be worked out: the whole
    more than a part, a year more than its months, many people's more than few people's."""
    (kind, _), period, split, _ = key
    long = 2 if "-" not in period else 1 if "-q" in period else 0
    return 4 * (not split) + long + {"service": 0, "everyone": 3}.get(kind, 1)


def about(people: int) -> int:
    """How many people, to the nearest five: of counts in full one less another could be one person. So
    does the Higher Education Statistics Agency (“Rounding and suppression to anonymise statistics”)."""
    return FEWEST * ((people + FEWEST // 2) // FEWEST)


def units_of(service: int, cohort: int, organisation_of: Mapping[int, int]) -> list[Unit]:
    organisation = organisation_of.get(service, NOBODYS)
    return [EVERYONE, ("organisation", organisation), ("service", service), ("cohort", cohort)]


@cache
def _periods(month: date) -> tuple[str, str, str]:
    return year_of(month), quarter_in(month), month_in(month)


def sums_of(who: Iterable[Key], organisation_of: Mapping[int, int]) -> list[Sum]:
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


def nested_sums(
    both: Mapping[tuple[Both, str, str, str], Crowd],
) -> tuple[list[Sum], dict[Key, Crowd]]:
    """A cohort and the services (organisations) that lie wholly in it, beside the rest of it; and the
    other way about. Returns the sums, and who the rests are made of."""
    across: dict[tuple[Key, str], dict[Key, Crowd]] = defaultdict(dict)
    for ((cohort, other), period, split, value), crowd in both.items():
        if crowd:
            mine, theirs = (cohort, period, split, value), (other, period, split, value)
            across[mine, other[0]][theirs] = crowd
            across[theirs, "cohort"][mine] = crowd
    sums, rests = [], {}
    for (whole, kind), others in across.items():
        own_kind = whole[0][0]
        inside = tuple(key for key in others if len(across[key, own_kind]) == 1)
        outside = 0
        for key, crowd in others.items():
            if len(across[key, own_kind]) > 1:
                outside |= crowd
        if inside and outside:
            rest = (*whole[:3], f"{whole[3]} without every {kind} wholly in it")
            rests[rest] = outside
            sums.append(Sum(whole, (*inside, rest)))
        elif inside:
            sums.append(Sum(whole, inside))
    return sums, rests
