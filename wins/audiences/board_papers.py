"""Papers for boards: who of the board hears, and in what words."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from cohorts.models import Leader, Person
from systemschangers.kernel.notices import Notice, register
from wins import events
from wins.models import BoardPaper


def who_reads_it(paper: BoardPaper) -> list[Person]:
    """Those who chair the board or sit on it, and have an account."""
    sits = Q(leader__chaired_boards=paper.board_id) | Q(leader__boards=paper.board_id)
    here = Person.objects.here().filter(sits, leader__retired_at=None)
    return list(here.distinct().order_by("pk"))


def who_reads_it_by_link(paper: BoardPaper) -> list[Leader]:
    """Those of the board without an account, while the board and they are in the lists."""
    sits = Q(chaired_boards=paper.board_id) | Q(boards=paper.board_id)
    without = Q(person=None) | Q(person__is_active=False)
    found = Leader.objects.filter(sits & without, retired_at=None)
    if paper.board.retired_at:
        return []
    return list(found.distinct().order_by("name", "pk"))


register(
    Notice(
        events.BOARD_PAPER_ISSUED,
        words=lambda event: "There is a new paper for a board you sit on.",
        url=lambda event: reverse("wins:board_paper", args=[event.target_id]),
        action="Read the paper",
    ),
)
