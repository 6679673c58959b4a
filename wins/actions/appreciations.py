"""Thanking, celebrating, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.models import Notification
from wins import events
from wins.models import Appreciation, Win
from wins.policy.appreciations import may_appreciate


@transaction.atomic
def appreciate(*, win: Win, kind: str, by: Person, at: datetime) -> Appreciation:
    """Add `by`'s appreciation of this kind and tell the author. Once of a kind: again changes nothing.

    Raises Refused for one's own win, or one that is not on the wall."""
    win = Win.objects.select_for_update(of=("self",)).select_related("author").get(pk=win.pk)
    may_appreciate(by, win).require()
    appreciation, new = Appreciation.objects.get_or_create(
        win=win, person=by, kind=kind, defaults={"made_at": at}
    )
    if new:
        Win.objects.filter(pk=win.pk).update(touched_at=at)
        activity.record(
            events.WIN_APPRECIATED, actor=by, target=win, at=at, notify=[win.author], kind=kind
        )
    return appreciation


@transaction.atomic
def undo(*, win: Win, kind: str, by: Person, at: datetime) -> None:
    """Take back `by`'s appreciation, and the notice of it. Nothing happens when there is none."""
    win = Win.objects.select_for_update(of=("self",)).get(pk=win.pk)
    gone, _ = Appreciation.objects.filter(win=win, person=by, kind=kind).delete()
    if gone:
        Win.objects.filter(pk=win.pk).update(touched_at=at)
        Notification.objects.filter(
            event__verb=events.WIN_APPRECIATED,
            event__target_type="wins.win",
            event__target_id=str(win.pk),
            event__actor=by,
            event__data__kind=kind,
        ).delete()
        activity.record(events.WIN_APPRECIATION_UNDONE, actor=by, target=win, at=at, kind=kind)
