"""Saying what happens, in words for the person at the keyboard."""

import contextlib
import re
import sys
import time
from collections.abc import Callable, Iterator


class Trouble(Exception):
    """What went wrong, in words that the person can act on."""


class Stopped(BaseException):
    """A signal asked for an orderly end. Not an Exception: nothing may swallow it."""

    def __init__(self, number: int) -> None:
        self.number = number


def say(text: str = "") -> None:
    print(text, flush=True)


@contextlib.contextmanager
def step(doing: str) -> Iterator[Callable[[str], None]]:
    """Say what is being done, how far it has come (on a terminal) and how long it took."""
    began, clear = time.monotonic(), "\r\033[K" if sys.stdout.isatty() else ""

    def progress(news: str) -> None:
        if clear:
            print(f"{clear}  {doing} ... {news[:60]}", end="", flush=True)

    print(f"  {doing} ... ", end="", flush=True)
    try:
        yield progress
    except BaseException:
        say()
        raise
    progress("")
    say(f"{time.monotonic() - began:.1f} s")


def counting(pattern: str, what: str) -> Callable[[str], str]:
    """Progress told by the number of lines that match."""
    seen = 0

    def news(line: str) -> str:
        nonlocal seen
        seen += bool(re.match(pattern, line))
        return f"{seen} {what}"

    return news
