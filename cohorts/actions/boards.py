"""Named boards: set up, changed, retired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.models import Board, Leader, Organisation, Person
from cohorts.policy.boards import may_change_boards
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState


@transaction.atomic
def add(
    *,
    name: str,
    organisation: Organisation,
    chair: Leader,
    members: Iterable[Leader] = (),
    about: str = "",
    by: Person,
    at: datetime,
) -> Board:
    """Raises ValidationError when the organisation has a board of that name."""
    may_change_boards(by).require()
    _insist_on_a_new_name(name, organisation)
    board = Board.objects.create(name=name, organisation=organisation, chair=chair, about=about)
    board.members.set(members)
    activity.record(events.BOARD_ADDED, actor=by, target=board, at=at)
    return board


@transaction.atomic
def change(
    *,
    board: Board,
    name: str,
    organisation: Organisation,
    chair: Leader,
    members: Iterable[Leader] = (),
    about: str = "",
    by: Person,
    at: datetime,
) -> Board:
    board = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    may_change_boards(by).require()
    _insist_on_a_new_name(name, organisation, but=board)
    board.name, board.organisation, board.chair, board.about = name, organisation, chair, about
    board.save()
    board.members.set(members)
    activity.record(events.BOARD_CHANGED, actor=by, target=board, at=at)
    return board


@transaction.atomic
def retire(*, board: Board, by: Person, at: datetime) -> Board:
    """Nothing new goes to it, and nobody reads anything as its member any more."""
    board = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    may_change_boards(by).require()
    if board.retired_at:
        raise WrongState("This board is no longer in the list already.")
    board.retired_at = at
    board.save(update_fields=["retired_at"])
    activity.record(events.BOARD_RETIRED, actor=by, target=board, at=at)
    return board


def _insist_on_a_new_name(name: str, organisation: Organisation, but: Board | None = None) -> None:
    others = Board.objects.filter(name__iexact=name, organisation=organisation, retired_at=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise ValidationError({"name": "That organisation already has a board of this name."})
