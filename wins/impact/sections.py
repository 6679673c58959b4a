"""Figures laid out as they are read: each measure with its months, its parts, and the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cohorts.models import Theme

from .facts import Fact
from .figures import PEOPLE
from .kinds import CHAPTERS, LABELS, NOT_SAID, SPLIT_WORDS, Kind
from .periods import month_in, months_of, period_before, period_words, quarter_in, year_of
from .staying import MEASURE, MOMENTS, VALUES, period_of

HELD_BACK = "not shown: fewer than 5 people"

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
    """The months of a measure, or its parts."""

    key: str
    title: str
    split: str
    bars: tuple[Bar, ...]

    @property
    def held_back(self) -> int:
        return sum(bar.amount is None for bar in self.bars)

    @property
    def most(self) -> Bar | None:
        return max((bar for bar in self.bars if bar.amount), key=_amount, default=None)

    @property
    def most_said(self) -> Bar | None:
        """The largest part, of those that say something."""
        said = (bar for bar in self.bars if bar.amount and bar.label != NOT_SAID)
        return max(said, key=_amount, default=None)

    def amount_of(self, label: str) -> Decimal | None:
        """Of one part; None where it is held back, nought where nothing is counted of it."""
        return next((bar.amount for bar in self.bars if bar.label == label), Decimal())


@dataclass(frozen=True)
class Section:
    """`people` is about how many people it is of, None where that is not told; `before` the figure of
    the period before, None where it is held back."""

    kind: Kind
    total: Decimal | None
    people: Decimal | None
    before: Decimal | None
    months: Table
    tables: tuple[Table, ...]

    @property
    def words(self) -> str:
        return HELD_BACK if self.total is None else figure_words(self.total)

    @property
    def is_empty(self) -> bool:
        """Nothing was counted, now or in the period before."""
        return self.total == 0 and self.before == 0

    def part(self, split: str, value: str) -> Decimal | None:
        table = next((one for one in self.tables if one.split == split), None)
        return table.amount_of(LABELS[split][value]) if table else Decimal()


@dataclass(frozen=True)
class Stay:
    """So many months after joining a cohort, counted to today. `joined` is None where it is held back."""

    months: int
    joined: Decimal | None
    parts: tuple[Bar, ...]

    @property
    def when(self) -> str:
        return {6: "half a year", 12: "a year", 24: "two years"}[self.months]


@dataclass(frozen=True)
class Figures:
    """All of one page."""

    period: str
    chapters: tuple[tuple[str, tuple[Section, ...]], ...]
    stays: tuple[Stay, ...]

    @property
    def sections(self) -> list[Section]:
        return [section for _, sections in self.chapters for section in sections]

    def of(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.kind.key == key), None)

    @property
    def nothing_shown(self) -> bool:
        """Something was counted, and none of it can be shown."""
        return any(one.total is None for one in self.sections) and not any(
            one.total for one in self.sections
        )


def _amount(bar: Bar) -> Decimal:
    return bar.amount or Decimal()


def figure_words(amount: Decimal) -> str:
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def periods_read(period: str) -> list[str]:
    """All that a page of this period reads: it, the one before, its months, and who stayed."""
    stays = [period_of(months) for months in MOMENTS]
    return [period, period_before(period), *months_of(period), *stays]


def laid_out(amounts: Amounts, period: str, *, employers: bool) -> Figures:
    """Every measure, in the order of CHAPTERS; what employers do where that is told. One query, for the
    names of themes."""
    themes = {str(pk): name for pk, name in Theme.objects.values_list("pk", "name")}
    words = LABELS | {"theme": themes}
    chapters = []
    for title, kinds in CHAPTERS:
        told = [kind for kind in kinds if employers or not kind.of_employers]
        if told:
            chapters.append((title, tuple(_section(kind, amounts, period, words) for kind in told)))
    return Figures(period, tuple(chapters), _stays(amounts))


def _section(
    kind: Kind, amounts: Amounts, period: str, words: Mapping[str, Mapping[str, str]]
) -> Section:
    total = amounts.get((period, kind.key, "", ""), Decimal())
    months = tuple(
        Bar(period_words(one), amounts.get((one, kind.key, "", ""), Decimal()) if total else total)
        for one in months_of(period)
    )
    tables = []
    for split in kind.splits if total is not None else ():
        bars = [
            Bar(label, amounts[period, kind.key, split, value])
            for value, label in words[split].items()
            if (period, kind.key, split, value) in amounts
        ]
        if split == "theme":
            bars.sort(key=lambda bar: (bar.amount is None, -_amount(bar), bar.label))
        if bars:
            tables.append(Table(f"{kind.key}-{split}", SPLIT_WORDS[split], split, tuple(bars)))
    return Section(
        kind,
        total,
        amounts.get((period, kind.key, PEOPLE, "")),
        amounts.get((period_before(period), kind.key, "", ""), Decimal()),
        Table(f"{kind.key}-month", f"{kind.label}, by month", "month", months),
        tuple(tables),
    )


def _stays(amounts: Amounts) -> tuple[Stay, ...]:
    labels = {"stayed": "on the frontline", "gone": "gone", "unknown": "not known"}
    found = []
    for months in MOMENTS:
        when = period_of(months)
        if (when, MEASURE, "", "") in amounts:
            parts = tuple(
                Bar(labels[value], amounts[when, MEASURE, MEASURE, value])
                for value in VALUES.values()
                if (when, MEASURE, MEASURE, value) in amounts
            )
            found.append(Stay(months, amounts[when, MEASURE, "", ""], parts))
    return tuple(found)


def added_up(facts: list[Fact]) -> dict[tuple[str, str, str, str], Decimal | None]:
    """The facts of one person as amounts, for their own page: nothing is held back from oneself."""
    found: dict[tuple[str, str, str, str], Decimal] = {}
    for fact in facts:
        for period in (year_of(fact.month), quarter_in(fact.month), month_in(fact.month)):
            key = (period, fact.measure, fact.split, fact.value)
            found[key] = found.get(key, Decimal()) + fact.amount
    return dict(found)
