"""Papers for boards: made, changed, issued for good, or thrown away before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.models import Board, Leader, Person
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from wins import events
from wins.audiences.board_papers import who_reads_it, who_reads_it_by_link
from wins.board_paper import letters
from wins.board_paper.gathering import days_of, gather
from wins.impact.periods import is_choosable
from wins.models import BoardPaper, PaperReading, Story
from wins.models.board_papers import MOST_STORIES
from wins.policy.board_papers import may_make_papers, may_work_on


class EditedMeanwhile(Exception):
    """The paper was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: BoardPaper) -> None:
        super().__init__("Somebody changed this paper meanwhile.")
        self.now = now


@dataclass(frozen=True)
class Wanted:
    """What staff say of a paper; all else is found in the records."""

    board: Board
    period: str
    meets_on: date | None = None
    words: str = ""
    stories: Sequence[Story] = ()


@transaction.atomic
def make(*, wanted: Wanted, by: Person, at: datetime) -> BoardPaper:
    """Begin a draft. Only programme staff see it. Raises ValidationError for a period that is not one
    figures are told for, or more than three stories."""
    may_make_papers(by).require()
    paper = BoardPaper(made_by=by, made_at=at)
    _say(paper, wanted, at)
    paper.save()
    activity.record(events.BOARD_PAPER_MADE, actor=by, target=paper, at=at)
    return paper


@transaction.atomic
def change(
    *, paper: BoardPaper, version: int, wanted: Wanted, by: Person, at: datetime
) -> BoardPaper:
    """Raises EditedMeanwhile when `version` is not the latest."""
    paper = _held(paper)
    may_work_on(by, paper).require()
    if paper.version != version:
        raise EditedMeanwhile(paper)
    _say(paper, wanted, at)
    paper.version += 1
    paper.save()
    activity.record(events.BOARD_PAPER_CHANGED, actor=by, target=paper, at=at)
    return paper


@transaction.atomic
def issue(*, paper: BoardPaper, version: int, by: Person, at: datetime) -> BoardPaper:
    """Keep it as things stand today, for good, and tell those of the board: who has no account gets a
    link to it by letter.

    What `by` may not see is not on it. Raises EditedMeanwhile when `version` is not the latest, and
    ValidationError for a board that is no longer in the list."""
    paper = _held(paper)
    may_work_on(by, paper).require()
    if paper.version != version:
        raise EditedMeanwhile(paper)
    if paper.board.retired_at:
        raise ValidationError("This board is no longer in the list. Choose another.")
    paper.issue(gather(paper, by, timezone.localdate(at)), by=by, at=at)
    paper.save()
    hears = who_reads_it(paper)
    activity.record(events.BOARD_PAPER_ISSUED, actor=by, target=paper, at=at, notify=hears)
    letters.send(paper, who_reads_it_by_link(paper), at=at)
    return paper


@transaction.atomic
def send_links(*, paper: BoardPaper, by: Person, at: datetime) -> int:
    """Fresh links to those of the board without an account, whoever that is today. How many.

    Raises WrongState for a draft."""
    may_make_papers(by).require()
    paper = _held(paper)
    if paper.is_draft:
        raise WrongState("A draft is read by nobody but programme staff. Issue it first.")
    many = letters.send(paper, who_reads_it_by_link(paper), at=at)
    activity.record(events.BOARD_PAPER_SENT, actor=by, target=paper, at=at, many=many)
    return many


@transaction.atomic
def send_link_anew(*, paper: BoardPaper, leader: Leader, at: datetime) -> None:
    """At the wish of who opened a link elsewhere: another, to the address of the leader and no other."""
    letters.send(paper, [leader], at=at)


@transaction.atomic
def throw_away(*, paper: BoardPaper, by: Person, at: datetime) -> None:
    """A draft alone. What it would have told of stays where it is."""
    paper = _held(paper)
    may_work_on(by, paper).require()
    activity.record(events.BOARD_PAPER_THROWN_AWAY, actor=by, target=paper, at=at)
    paper.delete()


def _held(paper: BoardPaper) -> BoardPaper:
    BoardPaper.objects.select_for_update().only("pk").get(pk=paper.pk)
    return BoardPaper.objects.for_detail().get(pk=paper.pk)


def _say(paper: BoardPaper, wanted: Wanted, at: datetime) -> None:
    today = timezone.localdate(at)
    if not is_choosable(wanted.period) or days_of(wanted.period)[0] > today:
        raise ValidationError({"period": "Choose one of these periods."})
    if len(wanted.stories) > MOST_STORIES:
        raise ValidationError({"stories": "Three stories at most: the paper has four pages."})
    if wanted.board.retired_at:
        raise ValidationError({"board": "This board is no longer in the list. Choose another."})
    paper.board, paper.period, paper.meets_on = wanted.board, wanted.period, wanted.meets_on
    paper.words = wanted.words.strip()
    paper.chosen = [story.pk for story in wanted.stories]


def note_opened(*, paper: BoardPaper, by: Person, at: datetime) -> None:
    """That somebody it was issued to opened it, and when first. No event: it is nobody else’s business."""
    if BoardPaper.objects.for_board_of(by).filter(pk=paper.pk).not_opened_by(by).exists():
        opened = PaperReading(paper=paper, person=by, opened_at=at)
        PaperReading.objects.bulk_create([opened], ignore_conflicts=True)
