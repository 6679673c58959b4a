"""Where the bars of a chart stand. Told by length and by figure, not by colour."""

from __future__ import annotations

from dataclasses import dataclass

from wins.impact.sections import Table

WIDTH, ROW, BAR = 360, 38, 12


@dataclass(frozen=True)
class Drawn:
    label: str
    words: str
    y: int
    width: float


@dataclass(frozen=True)
class Drawing:
    rows: tuple[Drawn, ...]
    height: int
    width: int = WIDTH
    bar: int = BAR


def draw(table: Table) -> Drawing:
    most = max((bar.amount or 0 for bar in table.bars), default=0) or 1
    return Drawing(
        tuple(
            Drawn(
                bar.label, bar.words, ROW * place, round(float((bar.amount or 0) / most) * WIDTH, 1)
            )
            for place, bar in enumerate(table.bars)
        ),
        ROW * len(table.bars),
    )
