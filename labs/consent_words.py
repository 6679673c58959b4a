"""What somebody agrees to about their voice, in words: composed from what was chosen, shown, read out,
and kept word for word with its version. Change a sentence, and the version changes with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.models import Board, Leader, Service

VERSION = "2026-11"
LONGEST = timedelta(days=366 * 2)
USUAL = timedelta(days=365)


@dataclass(frozen=True)
class Scope:
    """What a consent is for, who may read the voice, and until when."""

    until: date
    leaders: tuple[Leader, ...] = ()
    boards: tuple[Board, ...] = ()
    services: tuple[Service, ...] = ()
    everyone: bool = False
    to_board: bool = False
    to_learn: bool = False


def purposes(scope: Scope) -> list[str]:
    said = ["to get an answer"]
    if scope.to_board:
        said.append("to be read out, and printed, when a board meets")
    if scope.to_learn:
        said.append("so that others who work here can learn from it")
    return said


def readers(scope: Scope) -> list[str]:
    said = [str(leader) for leader in scope.leaders]
    said += [f"those who sit on: {board}" for board in scope.boards]
    said += [f"people who work in {service.name}" for service in scope.services]
    if scope.everyone:
        said.append("everyone who has an account here")
    return said or ["nobody else"]


def wording(scope: Scope, *, carrier: str = "") -> str:
    """The whole of it, as it is read to the person or by them."""
    first = f"{carrier}, who passes them on, and programme staff" if carrier else "programme staff"
    lines = [
        "These are my own words. I say them of my own will, and nothing I get depends on it.",
        f"What for: {_listed(purposes(scope))}.",
        f"Who may read them: first {first}, who check that they show nobody who should not be known; "
        f"then {_listed(readers(scope))}. Nobody else.",
        f"Until when: {scope.until.day} {scope.until:%B %Y}. After that nobody can read them, unless I "
        "say yes again.",
        "My name is not kept with my words. I get a receipt, to read the answer with and to say whether "
        "anything has changed.",
        "I can take my words back at any time, with the receipt or by telling a worker, and need give no "
        "reason. Then they are gone from every page here. What was printed before can’t be called back.",
    ]
    return "\n".join(lines)


def _listed(parts: Iterable[str]) -> str:
    *first, last = list(parts)
    return f"{'; '.join(first)}; and {last}" if first else last
