"""Papers for boards, and a board with one of each thing that stands on one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from cohorts.models import Board, Leader, Person
from wins.actions import board_papers as actions
from wins.models import BoardPaper

from .barriers import make_barrier
from .leader_requests import make_commitment, make_leader, make_leader_request
from .stories import make_story
from .voices import make_board, make_voice, respond

TOLD = timezone.localdate() - timedelta(days=20)
PERIOD = str(TOLD.year)
VOICE = "My letter came three weeks after the flat was gone."
BARRIER = "The form asks for an address from people who have none."
PROMISE = "Find out who owns the form, and ring Ana."
STORY = "I asked for the key. Nine years later everybody has one."


def make_paper(board: Board, by: Person, at: datetime | None = None, **fields: Any) -> BoardPaper:
    """A draft about the year, unless told otherwise."""
    wanted = actions.Wanted(board=board, period=fields.pop("period", PERIOD), **fields)
    return actions.make(wanted=wanted, by=by, at=at or timezone.now())


def issue(paper: BoardPaper, by: Person, at: datetime | None = None) -> BoardPaper:
    return actions.issue(paper=paper, version=paper.version, by=by, at=at or timezone.now())


def issued(board: Board, by: Person, at: datetime | None = None, **fields: Any) -> BoardPaper:
    return issue(make_paper(board, by, at, **fields), by, at)


def full_board(world: Any) -> SimpleNamespace:
    """Ruth, who has no account, answers for it, and Lee sits on it. A voice that Ana carries, answered; a
    barrier Ana raised, which Lee can change; a promise of Lee’s to Ana; and Ana’s story."""
    now = timezone.now()
    lee = Leader.objects.filter(person=world.lee).first() or make_leader(world.lee)
    board = make_board(make_leader(name="Ruth Calloway", email="ruth@board.example"), members=[lee])
    voice = make_voice(
        world.ana,
        board,
        VOICE,
        checker=world.cas,
        told_on=TOLD,
        state="answered",
        scope={"to_board": True},
    )
    answer = respond(voice, world.lee, words="We ring on the day now.")
    request = make_leader_request(
        world.ana, lee, world.mo, now, state="followed_up", meets_at=now - timedelta(days=4)
    )
    return SimpleNamespace(
        board=board,
        leader=lee,
        voice=voice,
        answer=answer,
        barrier=make_barrier(world.ana, BARRIER, leader=lee),
        promise=make_commitment(request, now, words=PROMISE),
        request=request,
        story=make_story(world.ana, "Nine years, and a key", words=STORY),
    )


def board_paper_scene(world: Any, own: dict[str, Any]) -> dict[str, int]:
    """For tests that walk every address: an issued paper of Lee’s board, and a draft."""
    board = Board.objects.get(pk=own["board"])
    return {
        "board_paper": issued(board, world.cas, meets_on=date(2026, 12, 1)).pk,
        "board_paper_draft": make_paper(board, world.cas).pk,
    }
