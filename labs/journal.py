"""What a page of the journal begins with."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("journal_prompts.toml")


@cache
def prompts() -> tuple[str, ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["prompts"])


def number_of(asked: str, today: date) -> int:
    """Which prompt: the one asked for by its number, else the week's."""
    if asked.isascii() and asked.isdigit() and len(asked) < 4:
        return int(asked) % len(prompts())
    return today.isocalendar().week % len(prompts())
