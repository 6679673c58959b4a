"""What a win came of: a thread to another win."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie, untie
from wins import events
from wins.locking import locked
from wins.models import Win
from wins.policy.wins import may_link


@transaction.atomic
def link(*, win: Win, came_of: Win, by: Person, at: datetime) -> None:
    """Say that `win` came of another one, which `by` can see. Once said, again changes nothing.

    Raises ValueError for a win and itself."""
    win = locked(win)
    may_link(by, win).require()
    tie(win, Thread.Kind.CAME_OF, came_of, by=by, at=at)
    activity.record(events.WIN_LINKED, actor=by, target=win, at=at, came_of=came_of.pk)


@transaction.atomic
def unlink(*, win: Win, came_of: Win, by: Person, at: datetime) -> None:
    """Undo `link`."""
    win = locked(win)
    may_link(by, win).require()
    if untie(win, Thread.Kind.CAME_OF, came_of):
        activity.record(events.WIN_UNLINKED, actor=by, target=win, at=at, came_of=came_of.pk)
