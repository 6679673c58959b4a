"""What somebody could work out who writes down every figure that is shown: exact, by linear algebra.

A figure is the sum of atoms (the smallest pieces anything is counted from). Those that are shown span a
space; what lies in it can be worked out by adding, taking away and multiplying, and nothing else can."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction

Row = dict[Hashable, Fraction]


class Span:
    """All that follows from figures, each given by the atoms it is the sum of."""

    def __init__(
        self, figures: Iterable[Collection[Hashable]], empty: Collection[Hashable] = ()
    ) -> None:
        self.empty = frozenset(empty)
        self.rows: dict[Hashable, Row] = {}
        for figure in figures:
            self.add(self._row(figure))

    def add(self, row: Row) -> None:
        left = self._reduced(row)
        if left:
            first = min(left, key=repr)
            scale = left[first]
            self.rows[first] = {key: value / scale for key, value in left.items()}

    def has(self, figure: Collection[Hashable]) -> bool:
        return not self._reduced(self._row(figure))

    def _row(self, figure: Collection[Hashable]) -> Row:
        return {key: Fraction(1) for key in figure if key not in self.empty}

    def _reduced(self, row: Row) -> Row:
        left = dict(row)
        while True:
            pivot = next((key for key in sorted(left, key=repr) if key in self.rows), None)
            if pivot is None:
                return left
            times = left[pivot]
            for key, value in self.rows[pivot].items():
                left[key] = left.get(key, Fraction(0)) - times * value
                if not left[key]:
                    del left[key]


def can_be_worked_out(
    figure: Collection[Hashable],
    shown: Iterable[Collection[Hashable]],
    atoms: Mapping[Hashable, Collection[int]],
) -> bool:
    """Atoms that are made of nobody are known to be nought."""
    return Span(shown, [key for key, who in atoms.items() if not who]).has(figure)
