"""What was found in a text that could show who somebody is, with the words around it, for a page that
asks to look again before others read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from systemschangers.kernel.identifiers import Found

AROUND = 40


@dataclass(frozen=True, slots=True)
class Pointed:
    """One detail, in the field it stands in, with the words before and after it."""

    field: str
    label: str
    before: str
    words: str
    after: str


def point_out(field: str, text: str, found: Found, label: str = "") -> Pointed:
    before = " ".join(text[max(0, found.start - AROUND) : found.start].split(" "))
    after = text[found.end : found.end + AROUND]
    if found.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if found.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Pointed(field, label or found.label, before, found.words, after)


def fingerprint(pointed: Iterable[Pointed]) -> str:
    """Says which details somebody has looked at, so that others are pointed out anew."""
    words = repr(sorted({(one.label, one.words) for one in pointed}))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]
