"""Small pictures beside figures: the months of a measure, and how much of it each part is.

Told by length and by outline, not by colour. The figures stand beside them or under them in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wins.impact.periods import MONTHS
from wins.impact.sections import Table, figure_words

WIDTH, HEIGHT, GAP, WIDEST, LEAST = 96, 24, 2, 16, 2


@dataclass(frozen=True)
class Spark:
    """Paths of an SVG: a bar for each month, an outline where a month is held back. `said` is for who
    does not see it, `most` the scale of it."""

    bars: str
    outlines: str
    said: str
    most: str
    width: int = WIDTH
    height: int = HEIGHT


def spark(table: Table) -> Spark:
    step = min(WIDEST, WIDTH // len(table.bars))
    top = float(table.most.amount or 0) if table.most else 0
    bars, outlines = [], []
    for place, bar in enumerate(table.bars):
        across = step - GAP
        if bar.amount is None:
            outlines.append(f"M{place * step}.5 {HEIGHT - 0.5}v-5h{across - 1}v5z")
        elif bar.amount:
            up = max(LEAST, round(float(bar.amount) / top * (HEIGHT - 1), 1))
            bars.append(f"M{place * step} {HEIGHT}v-{up:g}h{across}v{up:g}z")
    return Spark("".join(bars), "".join(outlines), _said(table), _most(table))


def _month(label: str) -> str:
    """“March 2026” as “March”."""
    return label.split()[0]


def _most(table: Table) -> str:
    if _amount(table) < 2:
        return ""  # ones beside noughts need no scale
    short = _month(table.most.label) if table.most else ""
    return f"most: {figure_words(_amount(table))} in {short[:3] if short in MONTHS else short}"


def _amount(table: Table) -> Decimal:
    return (table.most.amount if table.most else None) or Decimal()


def _said(table: Table) -> str:
    told = ["By month"]
    if table.most:
        told.append(f"most in {_month(table.most.label)}, {figure_words(_amount(table))}")
    if table.held_back:
        told.append(f"{table.held_back} of {len(table.bars)} not shown")
    return ": ".join([told[0], "; ".join(told[1:])]) if told[1:] else told[0]


def share(amount: Decimal | None, table: Table) -> int:
    """Of a hundred, how long the bar of a part is: the longest is of the largest part."""
    most = _amount(table)
    return max(1, round(100 * float(amount) / float(most))) if amount and most else 0
