"""The photo of a win, taken off again. It is put on by `wins.log` and `wins.edit`."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from wins import events
from wins.locking import locked
from wins.models import Win
from wins.policy.wins import may_edit


@transaction.atomic
def remove(*, win: Win, by: Person, at: datetime) -> Win:
    """Take the photo off, and delete its file once that is certain. Without one, changes nothing."""
    win = locked(win)
    may_edit(by, win).require()
    if name := win.photo.name:
        transaction.on_commit(partial(default_storage.delete, name))
        win.photo, win.photo_alt = "", ""
        win.photo_width = win.photo_height = None
        win.edit(at)
        win.save()
        activity.record(events.WIN_PHOTO_REMOVED, actor=by, target=win, at=at)
    return win
