"""Run charts and XmR charts: is what we count changing, or only wobbling?

A run chart (Perla, Provost and Murray 2011, “The run chart: a simple analytical tool for learning from
variation in healthcare processes”, BMJ Quality and Safety 20:46-51) draws points in the order of their
days around a median. Two things in it are unlikely to be chance:

- a shift: many points in a row on one side of the median. A point on the median neither adds nor breaks;
- a trend: many points in a row, each higher (or each lower) than the one before. Of points that are the
  same one after the other only one counts.

An XmR chart (Shewhart 1931; Wheeler 1993, “Understanding Variation”) draws the mean, and around it limits
at 2.66 times the mean moving range: 3 / d2 with d2 = 1.128, the mean range of two of a normal kind. It adds
a third sign: a point outside the limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import mean, median

BASELINE = 10
MOVING_RANGE_FACTOR = Decimal("2.66")


@dataclass(frozen=True)
class Rules:
    """How many points in a row are a shift, and how many a trend. `source` is told on the chart."""

    shift: int
    trend: int
    source: str

    @property
    def words(self) -> str:
        return f"a shift is {self.shift} points in a row, a trend is {self.trend} ({self.source})"


RULE_SETS = {
    "8_6": Rules(8, 6, "Western Electric 1956 and Nelson 1984"),
    "7_5": Rules(7, 5, "NHS Making Data Count"),
}


@dataclass(frozen=True)
class Point:
    on: date
    value: Decimal
    note: str = ""


@dataclass(frozen=True)
class Signal:
    """Points `first` to `last` (places in the row, from 0) that are unlikely to be chance.

    `up`: above the middle line, or rising. `kind` is "shift", "trend" or "outside"."""

    kind: str
    first: int
    last: int
    up: bool


@dataclass(frozen=True)
class Reading:
    """What a chart says: its middle line, its limits where it has any, and the signals in it."""

    points: tuple[Point, ...]
    middle: Decimal | None
    signals: tuple[Signal, ...] = ()
    lower: Decimal | None = None
    upper: Decimal | None = None

    @property
    def in_a_signal(self) -> frozenset[int]:
        """Places of the points that are of a signal. Of a shift, not those on the middle line in it."""
        return frozenset(
            i
            for one in self.signals
            for i in range(one.first, one.last + 1)
            if one.kind != "shift" or self.points[i].value != self.middle
        )


def read_run_chart(points: Sequence[Point], rules: Rules) -> Reading:
    """The median is that of the first ten points. With fewer there is a chart, and no median yet."""
    row = in_order(points)
    if len(row) < BASELINE:
        return Reading(row, None)
    middle = Decimal(median(point.value for point in row[:BASELINE]))
    values = [point.value for point in row]
    return Reading(
        row, middle, (*shifts(values, middle, rules.shift), *trends(values, rules.trend))
    )


def read_xmr_chart(points: Sequence[Point], rules: Rules) -> Reading:
    """Mean, natural process limits (in the unit of the points) and signals. Ten points or more."""
    row = in_order(points)
    if len(row) < BASELINE:
        return Reading(row, None)
    values = [point.value for point in row]
    middle = mean(values)
    reach = MOVING_RANGE_FACTOR * mean_moving_range(values)
    lower, upper = middle - reach, middle + reach
    outside = [
        Signal("outside", i, i, value > upper)
        for i, value in enumerate(values)
        if not lower <= value <= upper
    ]
    signals = (*outside, *shifts(values, middle, rules.shift), *trends(values, rules.trend))
    return Reading(row, middle, signals, lower, upper)


def mean_moving_range(values: Sequence[Decimal]) -> Decimal:
    """The mean of the steps from each point to the next, without their sign. Two points or more."""
    return mean([abs(after - before) for before, after in pairwise(values)])


def in_order(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.on))


def shifts(values: Sequence[Decimal], middle: Decimal, least: int) -> list[Signal]:
    """Runs of `least` or more points on one side of `middle`; points on it are passed over."""
    off = [(i, value > middle) for i, value in enumerate(values) if value != middle]
    found, start = [], 0
    for end in range(1, len(off) + 1):
        if end == len(off) or off[end][1] != off[start][1]:
            if end - start >= least:
                found.append(Signal("shift", off[start][0], off[end - 1][0], off[start][1]))
            start = end
    return found


def trends(values: Sequence[Decimal], least: int) -> list[Signal]:
    """Runs of `least` or more points each higher (or each lower) than the one before."""
    steps = [(i, value) for i, value in enumerate(values) if i == 0 or value != values[i - 1]]
    found, start = [], 0
    for end in range(1, len(steps) + 1):
        turned = end == len(steps) or (
            end - start >= 2
            and (steps[end][1] > steps[end - 1][1]) != (steps[start + 1][1] > steps[start][1])
        )
        if turned:
            if end - start >= least:
                up = steps[start + 1][1] > steps[start][1]
                found.append(Signal("trend", steps[start][0], steps[end - 1][0], up))
            start = end - 1
    return found
