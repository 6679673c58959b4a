"""Two people change one thing at the same time: nothing is overwritten unseen."""

from __future__ import annotations

from typing import Any


class ChangedMeanwhile(Exception):
    """The thing was saved by somebody after the form was opened. `now` is how it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__("Somebody changed this after you opened it.")
        self.now = now


def insist_on_version(thing: Any, version: int) -> None:
    """Raises ChangedMeanwhile unless `thing`, locked and read afresh, is at that version; then it is
    at the next. The caller saves."""
    if thing.version != version:
        raise ChangedMeanwhile(thing)
    thing.version += 1
