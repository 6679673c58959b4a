"""Two people change one thing at the same time: nothing is overwritten unseen."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models


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


def standing(thing: models.Model, fields: tuple[str, ...]) -> str:
    """Says what these fields hold, for things that count no versions: a form carries it from when it was
    opened to when it is sent."""
    held = [(name, _held(getattr(thing, name))) for name in fields]
    return hashlib.sha256(repr(held).encode("utf-8", "replace")).hexdigest()[:20]


def insist_as_seen(thing: models.Model, fields: tuple[str, ...], seen: str) -> None:
    """Raises ChangedMeanwhile when `thing`, locked and read afresh, no longer holds what was seen. Nothing
    is asked of who saw nothing (an action without a form)."""
    if seen and seen != standing(thing, fields):
        raise ChangedMeanwhile(thing)


def _held(value: Any) -> Any:
    if isinstance(value, models.Manager):
        return sorted(value.values_list("pk", flat=True))
    return value.pk if isinstance(value, models.Model) else value
