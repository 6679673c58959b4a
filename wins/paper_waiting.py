"""Papers that a person’s board reads before it meets, and that they have not opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, each
from systemschangers.kernel.blanks import day_of
from wins.board_paper.shelf import meeting_words
from wins.models import BoardPaper


def _papers(person: Any, now: Any) -> Any:
    unopened = BoardPaper.objects.for_board_of(person).not_opened_by(person)
    return unopened.filter(meets_on__gte=day_of(now))


def _row(one: Found, person: Person, now: datetime) -> Row:
    hint = meeting_words(date.fromisoformat(one.said["meets_on"]), timezone.localdate(now))
    label = f"A paper to read for {one.said['board']}"
    url = reverse("wins:board_paper", args=[one.thing])
    return Row(label, url, hint, "note", Group.LOOK, one.since)


KINDS = (
    Kind(
        "paper", _papers, "issued_at", each(_row), {"meets_on": "meets_on", "board": "board__name"}
    ),
)
