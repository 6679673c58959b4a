"""The stay rate in words, and where the steps of its curve stand: what its SVG template draws.

The curve ends where fewer than five people are still followed: a group under five is not broken down."""

from __future__ import annotations

from dataclasses import dataclass

from cohorts.stay_rates import FEWEST, Rate, Stay
from cohorts.survival import Fall, Followed, kaplan_meier

# In SVG's own units; the picture is as wide as its column.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 240, 44, 12, 14, 30
AFTER = {6: "six months", 12: "a year", 24: "two years"}


@dataclass(frozen=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True)
class Curve:
    """`path` is a flight of steps; `rows` the table that says the same."""

    path: str
    down: tuple[Tick, ...]
    along: tuple[Tick, ...]
    rows: tuple[tuple[str, ...], ...]
    said: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def draw(stay: Stay) -> Curve | None:
    """None while there is nothing that may be drawn: under five people, or nobody followed a month."""
    if not stay.told:
        return None
    end = months_shown(stay.followed)
    if end < 1:
        return None
    falls = [fall for fall in kaplan_meier(stay.followed) if fall.months <= end]

    def across(months: int) -> float:
        return round(LEFT + months / end * (WIDTH - LEFT - RIGHT), 1)

    def down(part: float) -> float:
        return round(HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP), 1)

    path = f"M{across(0)} {down(1)}"
    for fall in falls:
        path += f"H{across(fall.months)}V{down(float(fall.stay))}"
    path += f"H{across(end)}"
    step = next(n for n in (1, 3, 6, 12, 24, 60, end) if end / n <= 6)
    return Curve(
        path,
        tuple(Tick(down(part / 4), f"{part * 25}%") for part in range(5)),
        tuple(Tick(across(n), str(n)) for n in range(0, end + 1, step)),
        tuple(_row(fall) for fall in falls),
        _said(falls, end, len(stay.followed)),
    )


def months_shown(followed: list[Followed]) -> int:
    """The last month at which five people are still followed; nought for fewer than five people."""
    longest = sorted((one.months for one in followed), reverse=True)
    return longest[FEWEST - 1] if len(longest) >= FEWEST else 0


def in_words(rate: Rate) -> str:
    """One rate with its denominator."""
    ago = AFTER[rate.months]
    if not rate.told:
        if not rate.joined:
            return f"After {ago}: nobody joined so long ago yet."
        return f"After {ago}: fewer than five people joined so long ago, so this is not shown."
    known = f"Of {rate.unknown} it is not known." if rate.unknown else "It is known of them all."
    return (
        f"After {ago}: {rate.stayed} of the {rate.joined} people who joined at least so long ago"
        f" are known to be on the frontline ({rate.per_cent}%). {_people(rate.gone, 'has', 'have')}"
        f" left it. {known}"
    )


def _said(falls: list[Fall], end: int, people: int) -> str:
    part = falls[-1].stay if falls else 1
    return (
        f"Of {people} people, an estimated {round(float(part) * 100)}% stay on the frontline for"
        f" {_months(end)} or more."
    )


def _row(fall: Fall) -> tuple[str, ...]:
    stay = f"{round(float(fall.stay) * 100)}%"
    return _months(fall.months), str(fall.followed), str(fall.gone), stay


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _people(count: int, one: str, many: str) -> str:
    if not count:
        return f"Nobody {one}"
    return f"One person {one}" if count == 1 else f"{count} people {many}"
