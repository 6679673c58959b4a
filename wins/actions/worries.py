"""A worry about a win: told to programme staff, answered in words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from wins import events
from wins.models import Win, Worry
from wins.policy.worries import may_answer_worry, may_raise_worry


@transaction.atomic
def raise_worry(*, win: Win, kind: str, words: str, by: Person, at: datetime) -> Worry:
    """Tell programme staff. They read the win until it is answered; its author is not told who asked.

    Telling again while one is open adds to nothing: the open one is returned."""
    win = Win.objects.select_for_update(of=("self",)).get(pk=win.pk)
    may_raise_worry(by, win).require()
    open_already = Worry.objects.filter(win=win, raised_by=by, state=Worry.State.OPEN).first()
    if open_already:
        return open_already
    worry = Worry.objects.create(win=win, raised_by=by, kind=kind, words=words, raised_at=at)
    staff = Person.objects.programme_staff().exclude(pk=win.author_id)
    activity.record(events.WORRY_RAISED, actor=by, target=worry, at=at, notify=staff)
    return worry


@transaction.atomic
def answer(*, worry: Worry, outcome: str, words: str, by: Person, at: datetime) -> Worry:
    """Answer with words. Setting the win aside takes it off the wall until it is restored.

    Raises WrongState when somebody has answered already."""
    worry = (
        Worry.objects.select_for_update(of=("self",))
        .select_related("win__author", "raised_by")
        .get(pk=worry.pk)
    )
    may_answer_worry(by, worry).require()
    Worry.ANSWER.apply(worry)
    worry.outcome, worry.answer, worry.answered_by, worry.answered_at = outcome, words, by, at
    worry.save()
    win = Win.objects.select_for_update(of=("self",)).get(pk=worry.win_id)
    told = [worry.raised_by]
    if outcome == Worry.Outcome.SET_ASIDE and win.state == Win.State.LOGGED:
        Win.SET_ASIDE.apply(win)
        win.touched_at = at
        win.save(update_fields=["state", "touched_at"])
        activity.record(
            events.WIN_SET_ASIDE, actor=by, target=win, at=at, notify=[worry.win.author]
        )
    activity.record(events.WORRY_ANSWERED, actor=by, target=worry, at=at, notify=told)
    return worry
