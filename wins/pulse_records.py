"""What the records show beside what people feel: the kept figures of the same quarter."""

from __future__ import annotations

from datetime import date

from wins.impact.kinds import KIND, LABELS, WINS
from wins.impact.periods import quarter_in
from wins.models import ImpactFigure
from wins.pulse_words import CONDITIONS, Condition

# Parts that say what became of something.
TOLD = ("answered", "kept", "voice", "claim", "checked", "confirmed")


def records_in(quarters: list[date]) -> dict[str, dict[tuple[str, str], str]]:
    """For each quarter, by measure and part: the figure of everyone in words. One query."""
    found: dict[str, dict[tuple[str, str], str]] = {quarter_in(one): {} for one in quarters}
    rows = ImpactFigure.objects.filter(
        unit="everyone", unit_id=0, period__in=list(found), split__in=["", "condition", *TOLD]
    )
    for row in rows:
        if row.amount is None and row.split:
            continue  # that its whole is held back, or part of it, is said by the whole
        words = f"{row.amount.normalize():,f}" if row.amount is not None else "fewer than 5 people"
        found[row.period][row.measure, row.value] = words
    return found


def beside(condition: Condition, figures: dict[tuple[str, str], str]) -> list[str]:
    """“Hours taken: 124”, and how many small wins it made possible, where somebody said so. What nobody
    has recorded is a nought; what has no record says so."""
    said = []
    for key in condition.records:
        kind = KIND[key]
        said.append(f"{kind.label}: {figures.get((key, ''), '0')}")
        for split in kind.splits:
            for value, words in LABELS.get(split, {}).items():
                if (key, value) in figures and split in TOLD:
                    said.append(f"{words[:1].upper()}{words[1:]}: {figures[key, value]}")
    if many := figures.get((WINS.key, str(condition.number))):
        said.append(f"Small wins it made possible: {many}")
    return said or ["Nothing is counted about this yet."]


def beside_all(figures: dict[tuple[str, str], str]) -> dict[int, list[str]]:
    return {one.number: beside(one, figures) for one in CONDITIONS}
