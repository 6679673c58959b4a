"""Words cut to the room there is on paper: at the end of a sentence where that leaves enough, and never so
that somebody could fill more pages by writing wider letters, longer words or more lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate, takewhile

A_LINE = 130
LONG = re.compile(r"\S{31,}")
BLANK = re.compile(r"\n[ \t]*\n\s*")
ENDS = re.compile(r"[.!?…][”’\"')\]]*(?=\s|$)")
# What can't be seen and only steers how others are drawn, or fills a line without a letter.
STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff]"
)


@dataclass(frozen=True)
class Cut:
    """What fits. `whole` tells whether that is all of it."""

    paragraphs: tuple[str, ...]
    whole: bool

    @property
    def room(self) -> float:
        """What it takes."""
        return columns("".join(self.paragraphs)) + A_LINE * max(len(self.paragraphs) - 1, 0)


def columns(text: str) -> float:
    """About how wide it is drawn, in letters of the usual width."""
    return sum(map(_wide, text))


def cut(text: str, room: float) -> Cut:
    """Paragraphs of `text` that take `room` columns at most; each after the first costs a line more."""
    text = STEERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = [" ".join(part.split()) for part in BLANK.split(text)]
    kept: list[str] = []
    for part in filter(None, found):
        if kept:
            room -= A_LINE
        if columns(part) <= room:
            kept.append(part)
            room -= columns(part)
            continue
        if room >= A_LINE or not kept:
            kept.append(_shortened(part, max(room, 20)))
        else:
            kept[-1] += " …"
        return Cut(tuple(map(_breakable, kept)), whole=False)
    return Cut(tuple(map(_breakable, kept)), whole=True)


def one_line(text: str, room: float) -> str:
    """All of it as one paragraph, cut to `room` columns."""
    return " ".join(cut(" ".join(text.split()), room).paragraphs)


def _shortened(part: str, room: float) -> str:
    widths = accumulate(map(_wide, part))
    short = part[: sum(1 for _ in takewhile(lambda width: width <= room - 2, widths))]
    sentences = [found.end() for found in ENDS.finditer(short)]
    if sentences and sentences[-1] > 0.6 * len(short):
        return f"{short[: sentences[-1]]} …"
    words = short.rsplit(" ", 1)[0] if " " in short[len(short) // 2 :] else short
    return f"{words.rstrip(' ,;:–-')} …"


def _wide(letter: str) -> float:
    if letter.isascii():
        return 1.6 if letter.isupper() or letter in "mw@%&" else 1
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000:
        return 2.4
    return 1.6 if letter.isupper() else 1.2


def _breakable(part: str) -> str:
    """Words without an end may be broken: nothing runs off the page."""
    return LONG.sub(lambda found: "\u200b".join(re.findall(".{1,6}", found[0])), part)
