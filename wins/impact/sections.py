"""Figures laid out as they are read: for each measure a sentence, its months and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cohorts.models import Theme

from .facts import KINDS, LABELS, SPLIT_WORDS, Fact, Kind
from .periods import month_in, months_of, period_words, quarter_in, year_of

HELD_BACK = "not shown: fewer than 5 people"
MONTHLY = ("wins", "hours_taken", "peer_meetings")

# Of a period, measure, split and value: the amount, or None where it is held back.
Amounts = Mapping[tuple[str, str, str, str], Decimal | None]


@dataclass(frozen=True)
class Bar:
    label: str
    amount: Decimal | None

    @property
    def words(self) -> str:
        return HELD_BACK if self.amount is None else figure_words(self.amount)


@dataclass(frozen=True)
class Table:
    """One chart and its table: months of a measure, or its parts."""

    key: str
    title: str
    split: str
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        known = [bar for bar in self.bars if bar.amount]
        if not known:
            return ""
        most = max(known, key=lambda bar: bar.amount or 0)
        hidden = any(bar.amount is None for bar in self.bars)
        seen = " of those that can be shown" if hidden else ""
        return f"Most{seen}: {most.label} ({most.words})."


@dataclass(frozen=True)
class Section:
    kind: Kind
    total: Decimal | None
    tables: tuple[Table, ...]

    @property
    def said(self) -> str:
        if self.total is None:
            return f"{self.kind.label}: {HELD_BACK}, or a smaller group could be worked out."
        return f"{self.kind.label}: {figure_words(self.total)}."


def figure_words(amount: Decimal) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def sections(amounts: Amounts, period: str) -> list[Section]:
    """Every measure, in the order of KINDS. One query, for the names of themes."""
    themes = {str(pk): name for pk, name in Theme.objects.values_list("pk", "name")}
    words = LABELS | {"theme": themes}
    return [_section(kind, amounts, period, words) for kind in KINDS]


def _section(
    kind: Kind, amounts: Amounts, period: str, words: Mapping[str, Mapping[str, str]]
) -> Section:
    tables = []
    total = amounts.get((period, kind.key, "", ""), Decimal())
    if kind.key in MONTHLY and total is not None and total:
        months = tuple(
            Bar(period_words(one), amounts.get((one, kind.key, "", ""), Decimal()))
            for one in months_of(period)
        )
        tables.append(Table(f"{kind.key}-month", f"{kind.label}, by month", "month", months))
    for split in kind.splits:
        bars = [
            Bar(label, amounts[period, kind.key, split, value])
            for value, label in words[split].items()
            if (period, kind.key, split, value) in amounts
        ]
        if split == "theme":
            bars.sort(key=lambda bar: (bar.amount is None, -(bar.amount or 0), bar.label))
        if bars and total is not None:
            tables.append(Table(f"{kind.key}-{split}", SPLIT_WORDS[split], split, tuple(bars)))
    return Section(kind, total, tuple(tables))


def added_up(facts: list[Fact]) -> dict[tuple[str, str, str, str], Decimal | None]:
    """The facts of one person as amounts, for their own page: nothing is held back from oneself."""
    found: dict[tuple[str, str, str, str], Decimal] = {}
    for fact in facts:
        for period in (year_of(fact.month), quarter_in(fact.month), month_in(fact.month)):
            key = (period, fact.measure, fact.split, fact.value)
            found[key] = found.get(key, Decimal()) + fact.amount
    return dict(found)
