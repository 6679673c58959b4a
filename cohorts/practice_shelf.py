"""The shelf of published practices: searched, narrowed; and how far one of them has travelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, TrigramWordSimilarity
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from cohorts.models import Borrowing, Practice

LONGEST = 200
ALIKE = 0.45
MOST_ALIKE = 5
FOUND, END = "\x02", "\x03"  # made into <mark> by the `highlight` filter
DEEPEST = 3


def tidy(text: str) -> str:
    """What was typed, on one line and not endless."""
    return " ".join(text.split())[:LONGEST]


def holding(practices: QuerySet[Practice], words: str) -> QuerySet[Practice]:
    """Those that hold the words, with `found`: the part where they stand. Never a syntax error."""
    query = SearchQuery(words, config="english", search_type="websearch")
    newline = Value("\n", output_field=TextField())
    whole = Concat(
        "what", newline, "works_when", newline, "fails_when", newline, "takes",
        output_field=TextField(),
    )  # fmt: skip
    headline = SearchHeadline(
        whole, query, config="english", start_sel=FOUND, stop_sel=END, min_words=20, max_words=40
    )
    return practices.filter(search=query).annotate(found=headline)


def alike(practices: QuerySet[Practice], words: str) -> list[Practice]:
    """The nearest by spelling, for a word that was mistyped: by title and what it is."""
    text = Concat("title", Value(" "), "what", output_field=TextField())
    near = practices.annotate(likeness=TrigramWordSimilarity(words, text))
    return list(near.filter(likeness__gte=ALIKE).order_by("-likeness", "-id")[:MOST_ALIKE])


@dataclass(frozen=True)
class Stop:
    """One stop of a practice’s way: a service, learned from another. `depth` counts from its start."""

    borrowing: Borrowing
    learned_from: str
    depth: int


def travelled(practice: Practice) -> list[Stop]:
    """Where it went, each service below the one it learned of it from, in the order of days. One query."""
    rows = list(practice.borrowings.for_list())  # type: ignore[attr-defined]
    by_key = {row.pk: row for row in rows}
    children: dict[int | None, list[Any]] = {}
    for row in rows:
        came = row.learned_from_id if row.learned_from_id in by_key else None
        children.setdefault(came, []).append(row)
    stops: list[Stop] = []
    seen: set[int] = set()

    def walk(parent: int | None, depth: int) -> None:
        start = by_key[parent].service.name if parent else practice.service.name
        for row in children.get(parent, []):
            if row.pk not in seen:
                seen.add(row.pk)
                stops.append(Stop(row, start, min(depth, DEEPEST)))
                walk(row.pk, depth + 1)

    walk(None, 1)
    # Two that were marked as learned from each other hang on nothing: shown as from the start.
    for row in rows:
        if row.pk not in seen:
            seen.add(row.pk)
            stops.append(Stop(row, practice.service.name, 1))
            walk(row.pk, 2)
    return stops
