"""Steps between states, declared on the model and refused in words when taken out of turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


class WrongState(Exception):
    """A step was asked for that the thing's state does not allow. Its text is shown as a page."""


@dataclass(frozen=True)
class Step:
    """A named step: from any of `sources` to `target`. `undo` steps are steps of their own."""

    sources: frozenset[str] = field()
    target: str = ""

    def __init__(self, sources: Iterable[str], target: str) -> None:
        object.__setattr__(self, "sources", frozenset(sources))
        object.__setattr__(self, "target", target)

    def apply(self, thing: Any, attribute: str = "state") -> None:
        """Move `thing` to the target. Raises WrongState when it stands elsewhere.

        The caller holds the row's lock and saves."""
        now = getattr(thing, attribute)
        if now not in self.sources:
            label = getattr(thing, f"get_{attribute}_display", lambda: now)()
            raise WrongState(
                f"This {thing._meta.verbose_name} is already “{label}”, so that step can’t be taken."
            )
        setattr(thing, attribute, self.target)
