"""Looking over somebody's words before others read them: all that wins point out, and more, since here
it is not the writer who is told of: any date, and any place that could be a place of theirs."""

from __future__ import annotations

import re
from datetime import date

from cohorts.models import Organisation, Place, Service
from systemschangers.kernel.identifiers import FULL_DATE, NOT_NAMES, Found, find_identifiers
from systemschangers.kernel.pointed_out import Pointed, point_out

FIELD = "Their words"
LABELS = {"date": "A date", "place": "A place"}
# “in Larkfield”, “near St Anne’s Road”: a capital after a word that leads to a place.
PLACED = re.compile(
    r"(?<!\w)(?:in|at|near|from|to|outside|opposite|behind)[ ](?:the[ ])?"
    r"((?:(?:St|Saint)\.?[ ])?[A-Z][\w'’-]{2,24}(?:[ ][A-Z][\w'’-]{1,24}){0,3})"
)
NOT_PLACES = NOT_NAMES - {
    *("england", "wales", "scotland", "ireland", "london", "north", "south", "east", "west", "st")
}


def look_over(words: str, *, today: date) -> list[Pointed]:
    """The details in the words, in their order, none twice in one place. Three queries."""
    found = find_identifiers(words, today=today)
    taken = [(one.start, one.end) for one in found]
    for kind, start, end in sorted([*_dates(words), *_places(words)], key=lambda one: one[1]):
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            found.append(Found(kind, start, end, words[start:end]))
    return [
        point_out(FIELD, words, one, LABELS.get(one.kind, ""))
        for one in sorted(found, key=lambda one: one.start)
    ]


def _dates(words: str) -> list[tuple[str, int, int]]:
    return [
        ("date", match.start(), match.start() + len(match[0].rstrip(" ,.")))
        for match in FULL_DATE.finditer(words)
    ]


def _places(words: str) -> list[tuple[str, int, int]]:
    names: set[str] = set()
    for model in (Place, Organisation, Service):
        names |= set(model.objects.order_by().values_list("name", flat=True))
    found = []
    if names:
        longest_first = sorted(names, key=len, reverse=True)
        known = "|".join(re.escape(name) for name in longest_first)
        pattern = re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE)
        found = [("place", match.start(), match.end()) for match in pattern.finditer(words)]
    for match in PLACED.finditer(words):
        if not all(word.casefold() in NOT_PLACES for word in match[1].split()):
            found.append(("place", match.start(1), match.end(1)))
    return found
