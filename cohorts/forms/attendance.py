from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from cohorts.actions.attendance import STATES, Tick

MOST = 100
PREFIX, WAS = "tick-", "was-"


def ticks_in(posted: Mapping[str, str]) -> dict[int, Tick]:
    """Of everybody on the page: what it said when it was opened, and what it says now.

    Raises ValidationError for what no page of ours sends."""
    ticks = {}
    for name in posted:
        if not name.startswith(PREFIX):
            continue
        number = name.removeprefix(PREFIX)
        now, was = posted[name], posted.get(WAS + number, "")
        if not (
            number.isascii() and number.isdigit() and len(number) < 19 and {now, was} <= STATES
        ):
            raise ValidationError("We can’t read that. Open this page again, and tick once more.")
        ticks[int(number)] = Tick(was=was, now=now)
    if len(ticks) > MOST:
        raise ValidationError("That is more people than one page holds. Open this page again.")
    return ticks
