"""Searching wins: English words as PostgreSQL reads them, newest first, and a way out of typos.

Never ranked: to rank a common word is to read every win that holds it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Max, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from wins.models import SearchWord, Win
from wins.models.win_queryset import WinQuerySet

LONGEST = 200
NEAR = 8000  # so many of the newest wins are walked before the index of words is asked
LITTLE = 5  # so few found: perhaps a word was mistyped
BEFORE_ALL, AFTER_ALL = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
FOUND, END = "\x02", "\x03"  # made into <mark> by the `highlight` filter
WORD = re.compile(r"[^\W\d_]{4,60}")
MOST_WORDS = 5
BATCH = 20_000

CANDIDATES = """
SELECT asked.word, near.word, near.wins, coalesce(own.wins, 0)
FROM unnest(%(words)s::text[]) AS asked (word)
LEFT JOIN wins_searchword own ON own.word = asked.word
CROSS JOIN LATERAL (
    SELECT word, wins FROM wins_searchword
    WHERE (word %% asked.word OR word LIKE left(asked.word, 2) || '%%')
      AND length(word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
      AND word <> asked.word
    ORDER BY similarity(word, asked.word) DESC, wins DESC LIMIT 60
) near
"""
# Words that everybody here may read anyway. A word of a narrower win would tell on it.
WORDS_OF_WINS = """
SELECT word, ndoc FROM ts_stat(format(
    $$SELECT to_tsvector('simple', concat_ws(' ', what_happened, what_changed, made_hard))
      FROM wins_win WHERE state = 'logged' AND visibility = 'everyone' AND id > %%s AND id <= %%s$$,
    %(after)s::bigint, %(upto)s::bigint))
WHERE word ~ '^[[:alpha:]]{4,60}$'
"""


def tidy(text: str) -> str:
    """What was typed, on one line and not endless."""
    return " ".join(text.split())[:LONGEST]


def query_for(text: str) -> SearchQuery:
    """Words, "phrases", -without and or, as people know them from the web. Never a syntax error."""
    return SearchQuery(text, config="english", search_type="websearch")


def found_words(query: SearchQuery) -> SearchHeadline:
    """The part of a win where the search found something. Dear: only for the wins that are shown."""
    newline = Value("\n", output_field=TextField())
    everything = Concat("what_happened", newline, "what_changed", newline, "made_hard")
    return SearchHeadline(
        everything,
        query,
        config="english",
        start_sel=FOUND,
        stop_sel=END,
        min_words=30,
        max_words=55,
    )


class Found:
    """Of `wins` those that hold the words, as `page_by_key` asks: filtered, ordered, cut.

    PostgreSQL can walk the newest wins and stop when the page is full, which is quick for a common
    word and endless for a rare one; or read all that the index of words names and sort them, which
    is the other way about. It guesses wrongly about words it never counted and about phrases. So
    where nothing else narrows the wins the walk is ended after NEAR of them, and what was not found
    there is asked of the index, `far` (the same wins; None where something narrows them)."""

    def __init__(
        self,
        wins: WinQuerySet,
        query: SearchQuery,
        *,
        far: WinQuerySet | None,
        beyond: tuple[Any, ...] = (),
        ordering: tuple[str, ...] = ("-logged_at", "-id"),
    ) -> None:
        self.wins, self.query, self.far = wins, query, far
        self.beyond, self.ordering = beyond, ordering

    def filter(self, *beyond: Any) -> Found:
        """From a cursor on."""
        return self._changed(beyond=(*self.beyond, *beyond))

    def order_by(self, *ordering: str) -> Found:
        return self._changed(ordering=ordering)

    def _changed(self, **changes: Any) -> Found:
        return Found(**(vars(self) | changes))

    def __getitem__(self, part: slice) -> list[Win]:
        near = self._holding(self.wins).order_by(*self.ordering)
        if self.far is None:
            return list(near[part])
        rows = list(near.filter(self._near())[part])
        if len(rows) == part.stop:
            return rows
        # An expression that no index is sorted by: found by its words first, and then sorted.
        time = ExpressionWrapper(F("logged_at") + timedelta(0), output_field=DateTimeField())
        first = time.desc() if self._newest_first else time.asc()
        return list(self._holding(self.far).order_by(first, self.ordering[1])[part])

    def _holding(self, wins: WinQuerySet) -> WinQuerySet:
        matching = wins.filter(*self.beyond, search=self.query)
        return matching.annotate(found=found_words(self.query))

    @property
    def _newest_first(self) -> bool:
        return self.ordering[0].startswith("-")

    def _near(self) -> Any:
        walked = Win.objects.logged().filter(*self.beyond).order_by(*self.ordering)
        edge = Subquery(walked.values("logged_at")[NEAR : NEAR + 1])
        if self._newest_first:
            return GreaterThanOrEqual(F("logged_at"), Coalesce(edge, Value(BEFORE_ALL)))
        return LessThanOrEqual(F("logged_at"), Coalesce(edge, Value(AFTER_ALL)))


def did_you_mean(text: str) -> str:
    """The search with mistyped words mended from what everybody here may read, or nothing.

    One query. A word is mended when a much more common one is a slip or two away."""
    words = list(dict.fromkeys(WORD.findall(text.lower())))[:MOST_WORDS]
    if not words:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"words": words})
        rows = cursor.fetchall()
    best: dict[str, tuple[int, int, str]] = {}
    for asked, near, wins, own in rows:
        slips = slips_between(asked, near, most=1 if len(asked) < 6 else 2)
        if slips is not None and wins > 5 * own:
            best[asked] = min(best.get(asked, (slips, -wins, near)), (slips, -wins, near))
    if not best:
        return ""
    return WORD.sub(lambda found: best.get(found[0].lower(), (0, 0, found[0]))[2], text)


def slips_between(one: str, other: str, *, most: int) -> int | None:
    """How many letters were added, left out, changed or swapped; None when more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row, above = row, [i], before
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1] if row[-1] <= most else None


def keep_words() -> int:
    """Read all wins that everyone here may see and keep their words for `did_you_mean`.

    Gives how many. In batches, so that no single query is long; the old words serve until the end."""
    counts: Counter[str] = Counter()
    last = Win.objects.aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        for after in range(0, last, BATCH):
            cursor.execute(WORDS_OF_WINS, {"after": after, "upto": after + BATCH})
            counts.update(dict(cursor.fetchall()))
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(
            (SearchWord(word=word, wins=wins) for word, wins in sorted(counts.items())),
            batch_size=5000,
        )
    return len(counts)
