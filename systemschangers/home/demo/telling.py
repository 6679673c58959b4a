"""From a base story to a telling of it: choices made, slots filled, the same for the same seed.

In the words, `[one|two]` is a choice made anew each time, `[#one|two]` choices of one story go
together (so that its numbers agree), and `{day}`, `{man}`, `{he}` … are filled in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

WORDS = Path(__file__).resolve().parent / "words"
CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SHE = {
    "man": "woman",
    "he": "she",
    "him": "her",
    "his": "her",
    "himself": "herself",
    "He": "She",
    "His": "Her",
}
HE = {word: word for word in SHE}


@dataclass(frozen=True)
class Base:
    """One story as written: `told_by` names the kinds of service it could come from ("*": any),
    `kinds` of whose posts, `months` when in the year."""

    key: str
    themes: tuple[str, ...]
    told_by: frozenset[str]
    lens: str
    depth: str
    condition: int | None
    happened: str
    hard: str
    changed: str
    months: frozenset[int]
    picture: str
    kinds: tuple[str, ...]


@cache
def read(name: str) -> dict:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def bases() -> tuple[Base, ...]:
    """Every story in words/by_theme, in a fixed order."""
    found = []
    for path in sorted((WORDS / "by_theme").glob("*.toml")):
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, win in enumerate(words["win"], start=1):
            found.append(
                Base(
                    key=f"{path.stem}-{number}",
                    themes=(words["theme"], *win.get("also", ())),
                    told_by=frozenset(win["for"]),
                    lens=win["lens"],
                    depth=win["depth"],
                    condition=win.get("condition"),
                    happened=win["happened"],
                    hard=win.get("hard", ""),
                    changed=win.get("changed", ""),
                    months=frozenset(win.get("months", range(1, 13))),
                    picture=win.get("picture", ""),
                    kinds=tuple(win.get("kinds", ("frontline", "manager"))),
                )
            )
    return tuple(found)


def theme_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(base.themes[0] for base in bases()))


class Teller:
    """Tells one story: the same person, day and numbers all through its parts."""

    def __init__(self, rng: Random, on: date, place: str) -> None:
        self.rng = rng
        self.first = ""
        self.turn = rng.randrange(60)  # divisible by 2 to 6: every linked choice has its turn
        first, second = rng.sample(WEEKDAYS, 2)
        before = on.replace(day=15) - timedelta(days=30 * rng.randint(1, 4))
        after = on.replace(day=15) + timedelta(days=30)
        self.slots = {
            **rng.choice((SHE, HE)),
            "day": first,
            "day2": second,
            "place": place,
            "month": f"{before:%B}",
            "coming": f"{after:%B}",
        }

    def tell(self, words: str) -> str:
        chosen = CHOICE.sub(self._choose, words)
        return SLOT.sub(lambda slot: self.slots[slot[1]], chosen)

    def _choose(self, choice: re.Match[str]) -> str:
        text = choice[1]
        if text.startswith("#"):
            options = text[1:].split("|")
            return options[self.turn % len(options)]
        return self.rng.choice(text.split("|"))
