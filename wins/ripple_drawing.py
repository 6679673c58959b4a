"""Where the rings, lines and words of a chain's picture stand: what its SVG template draws.

Time runs down. Each ripple has a row, in the order of days, and stands as far to the right as it is
steps away from the beginning; the further apart two days are, the more room is between their rows.
Whether it was good or bad is told by shape, so that it is told without colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from wins.ripple_chains import Branch, walk

# In SVG's own units; the picture is as wide as its column. Made for a phone: words stay readable there.
WIDTH = 360
MONTHS_WIDE = 66
STEP = 14
DEEPEST = 6  # further steps stand below one another
ROW, MOST_ROOM = 58, 24
LETTER = 7.2  # of the widest serif that a system has


@dataclass(frozen=True)
class Node:
    x: float
    y: float
    shape: str  # "good", "bad", "open" (nobody said), "empty" (taken back)
    going_on: bool  # drawn with a second ring
    lines: tuple[str, ...]  # the first words, two lines at most; the list has them whole
    day: str
    words_at: int


@dataclass(frozen=True)
class Month:
    y: float
    words: str


@dataclass(frozen=True)
class Drawing:
    nodes: tuple[Node, ...]
    lines: tuple[str, ...]
    months: tuple[Month, ...]
    start: tuple[float, float]
    height: int
    width: int = WIDTH
    axis: int = MONTHS_WIDE


def draw(branches: list[Branch]) -> Drawing | None:
    """None when there is nothing to draw."""
    rows = sorted(walk(branches), key=lambda one: (one.ripple.happened_on, one.ripple.pk))
    if not rows:
        return None
    deepest = min(max(one.depth for one in rows), DEEPEST)
    words_at = MONTHS_WIDE + 14 + STEP * (deepest + 1)
    letters = int((WIDTH - words_at) / LETTER)
    start = (MONTHS_WIDE + 16.0, 20.0)
    y, months, nodes = start[1], [], []
    places: dict[int | None, tuple[float, float]] = {None: start}
    before: date | None = None
    for row in rows:
        day = row.ripple.happened_on
        y += ROW + (_room(before, day) if before else 0)
        if before is None or (before.year, before.month) != (day.year, day.month):
            months.append(Month(y, f"{day:%b %Y}"))
        before = day
        x = start[0] + STEP * min(row.depth, DEEPEST)
        places[row.ripple.pk] = (x, y)
        nodes.append(_node(row, x, y, words_at, letters))
    lines = tuple(_line(places[one.ripple.parent_id], places[one.ripple.pk]) for one in rows)
    return Drawing(tuple(nodes), lines, tuple(months), start, int(y + 44))


def _room(before: date, day: date) -> float:
    """More room for more time: a week adds little, half a year the most."""
    return min(MOST_ROOM, 4 * math.sqrt((day - before).days))


def _node(row: Branch, x: float, y: float, words_at: int, letters: int) -> Node:
    ripple = row.ripple
    if row.empty:
        return Node(x, y, "empty", False, ("Taken back",), "", words_at)
    lines = wrap(" ".join(ripple.what.split()), letters, max_lines=2, placeholder=" …")
    return Node(
        x,
        y,
        ripple.worth or "open",
        ripple.lasting == ripple.Lasting.GOING_ON,
        tuple(lines),
        f"{ripple.happened_on.day} {ripple.happened_on:%b}",
        words_at,
    )


def _line(parent: tuple[float, float], child: tuple[float, float]) -> str:
    """Down from what it followed from, and round the corner to it."""
    (px, py), (cx, cy) = parent, child
    turn = min(12.0, abs(cy - py))
    if cx <= px:
        return f"M{px} {py}V{cy}"
    return f"M{px} {py}V{cy - turn}Q{px} {cy} {min(px + turn, cx)} {cy}H{cx}"
