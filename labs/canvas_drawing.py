"""Pictures of what somebody answered, as boxes and arrows that a template draws as SVG.

Nothing here is told by colour or place alone: each picture has its answers beside it in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from labs.models import CanvasAnswer

WIDTH = 304
LINE = 16
PAD = 8
MOST_LINES = 4


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of words in its middle (or from its left, under a label)."""

    x: int
    y: int
    width: int
    height: int
    lines: list[str]
    label: str = ""

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def rows(self) -> list[tuple[int, str]]:
        """Each line with where its foot stands."""
        if self.label:
            return [(self.y + 40 + at * LINE, line) for at, line in enumerate(self.lines)]
        top = self.y + (self.height - len(self.lines) * LINE) // 2
        return [(top + 12 + at * LINE, line) for at, line in enumerate(self.lines)]

    @property
    def label_at(self) -> int:
        return self.y + 18


@dataclass(frozen=True)
class Arrow:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Heading:
    """Words along the edge of a picture."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Drawing:
    """`description` says in one sentence what is to be seen; `kind` picks the way it is drawn."""

    kind: str
    title: str
    description: str
    height: int
    boxes: list[Box]
    arrows: list[Arrow]
    headings: list[Heading]
    width: int = WIDTH


def drawn(kind: str, answers: Iterable[CanvasAnswer]) -> Drawing | None:
    """The picture; None for an exercise without one, and while too little is answered."""
    said = [answer for answer in answers if answer.words.strip()]
    if kind == "loop":
        return _loop(said)
    return _power(said) if kind == "power" else None


# --- The feedback loop ----------------------------------------------------------------------------

BOX = 130
GAP = 30


def _loop(said: list[CanvasAnswer]) -> Drawing | None:
    """Steps round a ring of two columns, by the clock, each leading to the next and the last to the first."""
    steps = [" ".join(answer.words.split()) for answer in said if answer.part == "link"]
    if len(steps) < 2:
        return None
    turn = next((answer.words for answer in said if answer.part == "turn"), "")
    wrapped = [wrap(step, BOX - 2 * PAD) for step in steps]
    height = max(len(lines) for lines in wrapped) * LINE + 2 * PAD
    boxes = [
        Box(x, y, BOX, height, lines)
        for (x, y), lines in zip(_ring(len(steps), height), wrapped, strict=True)
    ]
    arrows = [_between(one, boxes[(at + 1) % len(boxes)]) for at, one in enumerate(boxes)]
    if len(boxes) == 2:
        arrows = _there_and_back(*boxes)
    foot = max(box.y + box.height for box in boxes)
    if turn:
        foot += 30
    round_ = ", which leads to ".join(f"“{step}”" for step in steps)
    return Drawing(
        kind="loop",
        title="A picture of the loop",
        description=f"{round_}, which leads back to “{steps[0]}”. {turn}".strip(),
        height=foot + 4,
        boxes=boxes,
        arrows=arrows,
        headings=[Heading(WIDTH // 2, foot - 6, turn)] if turn else [],
    )


def _ring(number: int, height: int) -> list[tuple[int, int]]:
    """Where each box stands: across the top, down the right side, back up the left."""
    left, right, down = 4, WIDTH - BOX - 4, height + GAP
    spots = {
        2: [(left, 0), (right, 0)],
        3: [(left, 0), (right, 0), ((WIDTH - BOX) // 2, 1)],
        4: [(left, 0), (right, 0), (right, 1), (left, 1)],
    }
    return [(x, 4 + row * down) for x, row in spots[min(number, 4)]]


def _between(one: Box, other: Box) -> Arrow:
    """From the edge of one to the edge of the other that faces it."""
    if one.y == other.y:
        y = one.y + one.height // 2
        if one.x < other.x:
            return Arrow(one.x + one.width + 3, y, other.x - 4, y)
        return Arrow(one.x - 3, y, other.x + other.width + 4, y)
    down = one.y < other.y
    start = one.y + one.height + 3 if down else one.y - 3
    end = other.y - 4 if down else other.y + other.height + 4
    return Arrow(_towards(one, other), start, _towards(other, one), end)


def _towards(box: Box, other: Box) -> int:
    """Where on its edge an arrow leaves: its middle, or a little towards the other."""
    if box.x == other.x:
        return box.middle
    return box.middle + (30 if other.x > box.x else -30)


def _there_and_back(one: Box, other: Box) -> list[Arrow]:
    third = one.height // 3
    left, right = one.x + one.width + 3, other.x - 4
    return [
        Arrow(left, one.y + third, right, one.y + third),
        Arrow(right + 1, one.y + 2 * third, left + 1, one.y + 2 * third),
    ]


# --- Who has a say, and who lives with it ---------------------------------------------------------

QUARTERS = {
    "say": "Has a say, does not live with it",
    "both": "Has a say and lives with it",
    "off": "Further off, could help",
    "live": "Lives with it, has no say",
}
SHORT = {
    "say": "Does not live with it",
    "both": "Lives with it",
    "off": "Could help",
    "live": "Lives with it",
}
QUARTER = 144
RIGHT = WIDTH - QUARTER - 4
MOST_NAMED = 6


def _power(said: list[CanvasAnswer]) -> Drawing | None:
    """Four fields: above those with a say, below those without; on the right those who live with it."""
    named = {part: people(said, part) for part in QUARTERS}
    if not any(named.values()):
        return None
    lines = {part: _listed(names) for part, names in named.items()}
    upper = 34 + max(len(lines["say"]), len(lines["both"]), 1) * LINE
    lower = 34 + max(len(lines["off"]), len(lines["live"]), 1) * LINE
    top, below = 24, 24 + upper + 30
    spots = {
        "say": (4, top, upper),
        "both": (RIGHT, top, upper),
        "off": (4, below, lower),
        "live": (RIGHT, below, lower),
    }
    described = [
        f"{QUARTERS[part]}: {', '.join(names) if names else 'nobody named'}"
        for part, names in named.items()
    ]
    return Drawing(
        kind="power",
        title="A picture of who holds the power",
        description=". ".join(described) + ".",
        height=below + lower + 4,
        boxes=[
            Box(x, y, QUARTER, height, lines[part] or ["(nobody named)"], label=SHORT[part])
            for part, (x, y, height) in spots.items()
        ],
        arrows=[],
        headings=[
            Heading(WIDTH // 2, top - 8, "They have a say"),
            Heading(WIDTH // 2, below - 8, "They have no say"),
        ],
    )


def people(said: Iterable[CanvasAnswer], part: str) -> list[str]:
    """Those named in the answer that is this part: one a line."""
    words = next((answer.words for answer in said if answer.part == part), "")
    return [name for line in words.splitlines() if (name := " ".join(line.split()).strip("-•– "))]


def _listed(names: list[str]) -> list[str]:
    """A line or two each; when there are too many, how many more."""
    lines = []
    for name in names[:MOST_NAMED]:
        first, *more = wrap(name, QUARTER - 2 * PAD - 10, most=2)
        lines += [f"· {first}", *(f"\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{one}" for one in more)]
    if len(names) > MOST_NAMED:
        lines.append(f"and {len(names) - MOST_NAMED} more")
    return lines


# --- Words in boxes -------------------------------------------------------------------------------


def wrap(text: str, width: int, most: int = MOST_LINES) -> list[str]:
    """Lines no wider than `width`; what does not fit ends in “…” (the whole stands beside the picture)."""
    lines, line = [], ""
    for word in _pieces(text, width):
        longer = f"{line} {word}" if line else word
        if _wide(longer) <= width:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    if len(lines) > most:
        lines = lines[:most]
        while _wide(f"{lines[-1]} …") > width:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += " …"
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """Words; one that is wider than a line is cut."""
    pieces = []
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and _wide(piece + letter) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces or [""]


def _wide(text: str) -> float:
    """How wide 12-pixel letters are, at most: measured with DejaVu Sans, wider than most systems' fonts."""
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 13
    if letter in "mwMW@%…—":
        return 12
    if letter.isupper() or letter in "&":
        return 9.6
    return 4.4 if letter in "iljtfrI.,;:!’'|()[] " else 7.8
