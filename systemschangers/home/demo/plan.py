"""Everything the demo holds, worked out from a seed and a moment, before a row is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.utils import timezone

from .arrangements import Asked, Deputy, deputies, invitations
from .people import people
from .pictures import keep_the_newest
from .somebody import Somebody
from .talk import Cheer, Remark, Thanks, Worried, cheers, one_hidden, remarks, thanks, worries
from .told import Told
from .wins import wins


@dataclass
class Plan:
    now: datetime
    people: list[Somebody]
    wins: list[Told]
    cheers: list[Cheer]
    remarks: list[Remark]
    thanks: list[Thanks]
    worries: list[Worried]
    deputies: list[Deputy]
    invitations: list[Asked]


def plan(seed: int, now: datetime, size: str) -> Plan:
    """The same seed, moment and size give the same plan on every machine."""

    def chance(part: str) -> Random:
        return Random(f"{seed} {part}")  # noqa: S311 (chance here must be repeatable, not secret)

    here = people(chance("people"), timezone.localdate(now), size)
    told = wins(chance("wins"), here, now, size)
    worried = worries(chance("worries"), told, here, now, size)
    cheered = cheers(chance("cheers"), told, here, now)
    said = remarks(chance("remarks"), told, here, now, size)
    one_hidden(chance("hidden"), said, here, now)
    keep_the_newest(told, size)
    return Plan(
        now=now,
        people=here,
        wins=told,
        cheers=cheered,
        remarks=said,
        thanks=thanks(chance("thanks"), here, now, size),
        worries=worried,
        deputies=deputies(chance("deputies"), here, now),
        invitations=invitations(chance("invitations"), here, now, size),
    )
