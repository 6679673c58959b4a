"""The voices of a period as a board reads them: their words, the answers, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from cohorts.models import Board
from labs.models import Response, Voice

MOST = 60
QUARTER = timedelta(days=92)


@dataclass(frozen=True)
class Sheet:
    voices: list[Voice]
    more: bool
    answered: int
    late: int
    confirmed: int


def read(board: Board, *, first: date, last: date, person: Any, today: date) -> Sheet:
    """Those told in the period that may be read out at `board`, and that `person` may read. Consent is
    asked at this moment: a sheet opened again shows no voice that was taken back meanwhile. Three queries."""
    voices = Voice.objects.visible_to(person, today).at_board(board, today)
    answers = Prefetch("responses", Response.objects.select_related("by"))
    rows = list(
        voices.filter(told_on__gte=first, told_on__lte=last)
        .for_list()
        .prefetch_related(answers, "claims", "told_backs")
        .order_by("told_on", "id")[: MOST + 1]
    )
    shown = rows[:MOST]
    for voice in shown:
        voice.late = voice.lateness(today)  # type: ignore[attr-defined]
    return Sheet(
        voices=shown,
        more=len(rows) > MOST,
        answered=sum(voice.state == Voice.State.ANSWERED for voice in shown),
        late=sum(bool(voice.lateness(today)) for voice in shown),
        confirmed=sum(
            claim.state == "confirmed" for voice in shown for claim in voice.claims.all()
        ),
    )


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """As asked; else the last three months."""
    last = min(last or today, today)
    return (first or last - QUARTER), last
