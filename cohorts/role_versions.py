"""Two versions of a role side by side: what went and what came is said in words, not by colour alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from cohorts.models import Condition, RoleStatement

WORDS = re.compile(r"\s+|[^\s]+")
SAME = "the same"
TONES = {SAME: "", "changed": "info", "new": "good", "taken out": "warn"}


@dataclass(frozen=True)
class Piece:
    """A run of words. `change` is "", "out" or "in"."""

    text: str
    change: str = ""


@dataclass(frozen=True)
class Pair:
    """One clause in both versions. `said`: “the same”, “changed”, “new” or “taken out”."""

    heading: str
    said: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def tone(self) -> str:
        """For its pill."""
        return TONES[self.said]


def compare(older: RoleStatement, newer: RoleStatement) -> list[Pair]:
    """The title and purpose first, then clause by clause. Both come with their lines and clauses."""
    pairs = [
        pair_of("Job title", older.job_title, newer.job_title),
        pair_of("What the job is for", older.purpose, newer.purpose),
    ]
    before, after = _by_place(older), _by_place(newer)
    for place in sorted(before.keys() | after.keys()):
        heading = Condition(place[0]).label
        pairs.append(pair_of(heading, before.get(place, ""), after.get(place, "")))
    return [pair for pair in pairs if pair.before or pair.after]


def _by_place(statement: RoleStatement) -> dict[tuple[int, int], str]:
    return {(line.clause.condition, line.clause_id): line.words for line in statement.lines.all()}


def pair_of(heading: str, before: str, after: str) -> Pair:
    """Word by word: no word and no space of either is lost."""
    said = SAME
    if before != after:
        said = "new" if not before else "taken out" if not after else "changed"
    left, right = WORDS.findall(before), WORDS.findall(after)
    was: list[Piece] = []
    now: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = kind == "equal"
        if a < b:
            was.append(Piece("".join(left[a:b]), "" if same else "out"))
        if c < d:
            now.append(Piece("".join(right[c:d]), "" if same else "in"))
    return Pair(heading, said, tuple(was), tuple(now))
