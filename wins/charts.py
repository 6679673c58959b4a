"""Where the points, lines and words of a measure's chart stand: what its SVG template draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wins.run_charts import Reading

# In SVG's own units; the picture is as wide as its column. Made for a phone: words stay readable there.
WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 30


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    marked: bool  # one of a signal: drawn as a filled square, so that it is told without colour


@dataclass(frozen=True)
class Level:
    """A line across: the median or mean, and the limits. `words` stand at its end."""

    y: float
    words: str
    limit: bool


@dataclass(frozen=True)
class Tick:
    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    path: str
    dots: tuple[Dot, ...]
    levels: tuple[Level, ...]
    down: tuple[Tick, ...]
    along: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def draw(reading: Reading, middle_words: str) -> Drawing | None:
    """None when there is nothing to draw yet."""
    if not reading.points:
        return None
    values = [point.value for point in reading.points]
    beside = [one for one in (reading.middle, reading.lower, reading.upper) if one is not None]
    step, low, high = _scale([*values, *beside])
    first, last = reading.points[0].on, reading.points[-1].on

    def across(on: date) -> float:
        whole = (last - first).days
        part = (on - first).days / whole if whole else 0.5
        return round(LEFT + 8 + part * (WIDTH - LEFT - RIGHT - 16), 1)

    def down(value: Decimal) -> float:
        part = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP), 1)

    marked = reading.in_a_signal
    dots = tuple(
        Dot(across(point.on), down(point.value), i in marked)
        for i, point in enumerate(reading.points)
    )
    path = "M" + "L".join(f"{dot.x} {dot.y}" for dot in dots)
    named = ((reading.middle, middle_words, False), (reading.upper, "upper limit", True))
    levels = tuple(
        Level(down(value), words, limit)
        for value, words, limit in (*named, (reading.lower, "lower limit", True))
        if value is not None
    )
    many = int((high - low) / step)
    ticks = tuple(Tick(down(low + step * n), figure(low + step * n)) for n in range(many + 1))
    ends: tuple[Tick, ...] = (
        Tick(dots[0].x, day_words(first), "start"),
        Tick(dots[-1].x, day_words(last), "end"),
    )
    if first == last:
        ends = (Tick(dots[0].x, day_words(first)),)
    return Drawing(path, dots, levels, ticks, ends)


def _scale(values: list[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """A round step, and the round figures below and above all values: four to seven steps of them.

    From nought where no value is below it and nought is not far off."""
    low, high = min(values), max(values)
    if (low > 0 and low < high * Decimal("0.6")) or low == 0:
        low = Decimal(0)
    if high == low:
        low, high = low - 1, high + 1
    rough = (high - low) / 5
    power = Decimal(10) ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    floor = (low / step).to_integral_value("ROUND_FLOOR") * step
    ceiling = (high / step).to_integral_value("ROUND_CEILING") * step
    return step, floor, ceiling


def figure(value: Decimal) -> str:
    """A figure as it is read: no nought too many, commas between thousands, four places at most."""
    rounded = round(value, 4).normalize()
    return f"{rounded:,f}"


def day_words(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
