"""Logging a small win and everything its author may do with it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from wins import events
from wins.audiences import who_hears_they_helped
from wins.erasing import erase
from wins.locking import locked
from wins.models import Win, WinHelper
from wins.photo_use import own_file
from wins.photos import KeptPhoto
from wins.policy.wins import (
    may_edit,
    may_log,
    may_put_back,
    may_remove,
    may_take_back,
    why_set_aside,
)


@dataclass(frozen=True)
class Telling:
    """What somebody tells of a win: all that a form can say, and nothing it may not decide.

    `service` and `cohort` are ids the teller belongs to; `photo` a new one, None to leave it."""

    what_happened: str
    visibility: str
    service: int | None = None
    cohort: int | None = None
    made_hard: str = ""
    what_changed: str = ""
    lens: str = ""
    depth: str = ""
    condition: int | None = None
    themes: tuple[int, ...] = ()
    happened_on: date | None = None
    helpers: tuple[int, ...] = ()
    helper_names: tuple[str, ...] = ()
    photo: KeptPhoto | None = None
    photo_alt: str = ""
    came_of: Win | None = None


WORDS = (
    *("what_happened", "made_hard", "what_changed", "lens", "depth", "condition"),
    *("happened_on", "photo_alt"),
)


class EditedMeanwhile(Exception):
    """The win was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: Win) -> None:
        super().__init__("This win was changed in another window.")
        self.now = now


@transaction.atomic(savepoint=False)
def save_draft(*, telling: Telling, by: Person, at: datetime) -> Win:
    """Keep what was told as a draft that only `by` sees."""
    win = _written(telling, by, at)
    activity.record(events.WIN_KEPT_AS_DRAFT, actor=by, target=win, at=at)
    return win


@transaction.atomic(savepoint=False)
def log(*, telling: Telling, by: Person, at: datetime) -> Win:
    """Put a win on the wall for those it names, and tell the people who helped."""
    win = _written(telling, by, at, logged=True)
    _record_logged(win, by, at, helped=bool(telling.helpers))
    return win


@transaction.atomic
def log_draft(*, win: Win, version: int, by: Person, at: datetime) -> Win:
    """Log a draft as it stands. Raises EditedMeanwhile when it is not at `version` any more,
    so that nobody shares words they have not looked over; WrongState when it is logged already."""
    win = locked(win)
    may_log(by, win).require()
    win.log(at)
    if win.version != version:
        raise EditedMeanwhile(win)
    win.version += 1  # a form opened on the draft must not change what others see by now
    win.save(update_fields=["state", "logged_at", "touched_at", "version"])
    _record_logged(win, by, at)
    return win


@transaction.atomic
def edit(*, win: Win, telling: Telling, version: int, by: Person, at: datetime) -> Win:
    """Change a win to what is told now. Raises EditedMeanwhile when `version` is not the latest."""
    win = locked(win)
    may_edit(by, win).require()
    if win.version != version:
        raise EditedMeanwhile(win)
    before = {helper.person_id for helper in win.helpers.all()}
    seen_before = (win.visibility, win.service_id, win.cohort_id)
    old_photo = win.photo.name
    _say(win, telling)
    win.edit(at)
    win.save()
    if telling.photo and old_photo:
        transaction.on_commit(partial(default_storage.delete, old_photo))
    _say_the_rest(win, telling, by, at)
    activity.record(
        events.WIN_EDITED,
        actor=by,
        target=win,
        at=at,
        version=win.version,
        visibility_changed=seen_before != (win.visibility, win.service_id, win.cohort_id),
    )
    _tell_helpers(win, by, at, not_again=before)
    return win


@transaction.atomic
def take_back(*, win: Win, by: Person, at: datetime) -> Win:
    """Off the wall: only its author sees it, with its comments and thanks, until it is put back."""
    win = locked(win)
    may_take_back(by, win).require()
    win.take_back(at)
    win.save(update_fields=["state", "touched_at"])
    activity.record(events.WIN_TAKEN_BACK, actor=by, target=win, at=at)
    return win


@transaction.atomic
def put_back(*, win: Win, by: Person, at: datetime) -> Win:
    """Back to where it was. After it was set aside, whoever set it aside hears of it."""
    win = locked(win)
    may_put_back(by, win).require()
    why = why_set_aside(win) if win.state == Win.State.SET_ASIDE else None
    win.put_back(at)
    win.save(update_fields=["state", "touched_at"])
    hears = [why.answered_by] if why and why.answered_by else []
    activity.record(events.WIN_PUT_BACK, actor=by, target=win, at=at, notify=hears)
    return win


@transaction.atomic
def remove(*, win: Win, by: Person, at: datetime) -> None:
    """Delete a win for good, with its photo, comments, thanks and links. There is no way back."""
    win = locked(win)
    may_remove(by, win).require()
    activity.record(events.WIN_REMOVED, actor=by, target=win, at=at)
    erase(Win.objects.filter(pk=win.pk))


def _written(telling: Telling, by: Person, at: datetime, *, logged: bool = False) -> Win:
    reach = by.reach
    win = Win(
        author=by,
        service_id=next(iter(reach.services), None),
        cohort_id=next(iter(reach.cohorts), None),
        made_at=at,
        touched_at=at,
    )
    _say(win, telling)
    if logged:
        win.log(at)
    win.save()
    _say_the_rest(win, telling, by, at, new=True)
    return win


def _say(win: Win, telling: Telling) -> None:
    """The words and the photo, onto the row."""
    for name in WORDS:
        setattr(win, name, getattr(telling, name))
    win.visibility = telling.visibility
    win.service_id = telling.service or win.service_id
    win.cohort_id = telling.cohort or win.cohort_id
    if telling.photo:
        photo = own_file(telling.photo, win)
        win.photo = photo.name
        win.photo_width, win.photo_height = photo.width, photo.height
    if not win.photo:
        win.photo_alt = ""


def _say_the_rest(
    win: Win, telling: Telling, by: Person, at: datetime, *, new: bool = False
) -> None:
    """Themes, helpers and links: rows of their own, touched only where they differ."""
    if telling.themes or not new:
        win.themes.set(telling.themes)
    if telling.helpers or telling.helper_names or not new:
        _name_helpers(win, telling)
    if telling.came_of:
        tie(win, Thread.Kind.CAME_OF, telling.came_of, by=by, at=at)


def _name_helpers(win: Win, telling: Telling) -> None:
    kept = set()
    for helper in win.helpers.all():
        if helper.person_id in telling.helpers or helper.name in telling.helper_names:
            kept.add(helper.person_id or helper.name)
        else:
            helper.delete()
    new = [WinHelper(win=win, person_id=pk) for pk in telling.helpers if pk not in kept]
    new += [WinHelper(win=win, name=name) for name in telling.helper_names if name not in kept]
    WinHelper.objects.bulk_create(new)


def _record_logged(win: Win, by: Person, at: datetime, *, helped: bool = True) -> None:
    activity.record(events.WIN_LOGGED, actor=by, target=win, at=at, visibility=str(win.visibility))
    if helped:
        _tell_helpers(win, by, at, not_again=set())


def _tell_helpers(win: Win, by: Person, at: datetime, *, not_again: set[int | None]) -> None:
    if win.state != Win.State.LOGGED or win.visibility == Win.Visibility.ONLY_ME:
        return
    named = [
        helper.person
        for helper in win.helpers.select_related("person")
        if helper.person and helper.person_id not in not_again and helper.person.is_active
    ]
    told = who_hears_they_helped(win, named)
    if told:
        activity.record(events.WIN_NAMED_HELPER, actor=by, target=win, at=at, notify=told)
