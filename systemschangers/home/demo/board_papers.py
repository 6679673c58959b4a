"""Papers of the demo: two that were issued this morning, and a draft. Written last, when the figures are
added up: a paper is gathered from the records by the same code as anybody’s."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cohorts.models import Board, Leader
from labs.models import VoicePoster
from wins import events
from wins.audiences.board_papers import who_reads_it
from wins.board_paper.gathering import gather
from wins.impact.periods import periods, quarter_in, year_of
from wins.models import BoardPaper, PaperReading, Story

from .plan import Plan
from .said import Chronicle
from .telling import read
from .voices import write_told

if TYPE_CHECKING:
    from .loading import Ground

STAFF, READER = "Cas Mendes", "Lee Whitaker"


def write_voices_for_boards(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    """What was told to the first board besides, and a second board with what was told to it."""
    told = read("board_papers")
    first = Board.objects.order_by("pk")[0]
    leaders = list(Leader.objects.order_by("pk"))
    chair = leaders[3]
    second = Board.objects.create(organisation=chair.organisation, chair=chair, **told["board"])
    second.members.set([leaders[0], leaders[4]])
    poster = VoicePoster.objects.order_by("pk")[0]
    for board, rows in ((first, told["housing"]), (second, told["release"])):
        write_told(rows, board, poster, plan, ground, chronicle)


def write_board_papers(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    """For the first board the year and the quarter that goes on (a draft); for the second, the last one."""
    first, second = Board.objects.order_by("pk")[:2]
    said, today = read("board_papers")["first"], timezone.localdate(plan.now)
    newest = Story.objects.published().order_by("-published_at").values_list("pk", flat=True)
    stories = list(newest[:6])
    year, over = year_of(today - timedelta(days=45)), [p for p in periods(today) if "-q" in p][1]
    papers = (
        (first, year, said["housing"], stories[:3], 2, 4),
        (second, over, said["release"], stories[3:5], 6, 3),
        (first, quarter_in(today), said["draft"], stories[5:], 45, 0),
    )
    for board, period, words, chosen, ahead, hours in papers:
        by, at = ground.people[STAFF], plan.now - timedelta(hours=hours + 2)
        paper = BoardPaper(
            board=board, period=period, words=words, chosen=chosen, made_by=by, made_at=at,
            meets_on=today + timedelta(days=ahead),
        )  # fmt: skip
        if hours:
            when = plan.now - timedelta(hours=hours)
            paper.issue(gather(paper, by, today), by=by, at=when)
        paper.save()
        chronicle.record(events.BOARD_PAPER_MADE, by, paper, at)
        if hours:
            chronicle.record(events.BOARD_PAPER_ISSUED, by, paper, when, who_reads_it(paper))
        if board == second:
            reader = ground.people[READER]
            PaperReading.objects.create(paper=paper, person=reader, opened_at=plan.now)
