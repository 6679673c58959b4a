"""What holders of power say: looking at it, what we'll do by when, can't because, it has changed.

By account or, with `token`, by signed link: then the link is the permission, and is used up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Person
from labs import events
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord
from labs.policy.barriers import holder, may_answer
from systemschangers.kernel import activity, signed_links

from . import keeping, letters
from .keeping import locked

S = BarrierWord.Step
FURTHEST = timedelta(days=366 * 2)


@transaction.atomic
def look(
    *, barrier: Barrier, words: str = "", at: datetime, by: Person | None = None, token: str = ""
) -> Barrier:
    barrier, voice = voiced(barrier, by, token, at)
    barrier.look()
    return _finish(barrier, S.LOOKING, events.BARRIER_LOOKED_AT, voice, words, token, at)


@transaction.atomic
def promise(
    *,
    barrier: Barrier,
    words: str,
    due_on: date,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> Barrier:
    """What will be done, and by when. Promised again, the new day and words stand beside the old."""
    keeping.insist_on_words(words, "Say what you will do. A sentence is enough.")
    today = timezone.localdate(at)
    if due_on < today:
        raise ValidationError({"due_on": "That day has passed. Choose one that is still to come."})
    if due_on > today + FURTHEST:
        raise ValidationError({"due_on": "Choose a day within two years."})
    barrier, voice = voiced(barrier, by, token, at)
    barrier.promise(due_on)
    return _finish(
        barrier, S.PROMISED, events.BARRIER_PROMISED, voice, words, token, at, due_on=due_on
    )


@transaction.atomic
def say_cannot(
    *, barrier: Barrier, words: str, at: datetime, by: Person | None = None, token: str = ""
) -> Barrier:
    """Closed, with the reason. It can be looked at again when things change."""
    keeping.insist_on_words(words, "Say why it can’t be changed: people read the reason.")
    barrier, voice = voiced(barrier, by, token, at)
    barrier.say_cannot()
    return _finish(barrier, S.CANNOT, events.BARRIER_CANNOT, voice, words, token, at)


@transaction.atomic
def say_changed(
    *, barrier: Barrier, words: str = "", at: datetime, by: Person | None = None, token: str = ""
) -> Barrier:
    """Not fixed yet: whoever raised it is asked in four weeks, and theirs is the last word."""
    barrier, voice = voiced(barrier, by, token, at)
    barrier.say_changed(timezone.localdate(at))
    return _finish(barrier, S.CHANGED, events.BARRIER_CHANGED, voice, words, token, at)


def voiced(barrier: Barrier, by: Person | None, token: str, at: datetime) -> tuple[Barrier, Voice]:
    """The row, locked, and who answers. The row first, then the link: everybody locks in that order."""
    barrier = locked(barrier)
    if token:
        link = signed_links.use(token, (letters.ANSWER,), at=at)
        if link.target_id != barrier.pk:
            raise signed_links.LinkRefused("other purpose", link)
        return barrier, Voice.of_link(link)
    if by is None:
        raise ValueError("An answer is somebody's: by an account, or by a link")
    may_answer(by, barrier, at).require()
    barrier.leader = holder(by, barrier, at)
    principal = barrier.leader.person if barrier.leader else None
    return barrier, Voice(by, deputy_for=principal if principal != by else None)


SAID = {
    S.LOOKING: "said that you are looking at it",
    S.PROMISED: "promised a change",
    S.CANNOT: "said that it can’t be changed",
    S.CHANGED: "said that it has changed",
    S.HANDED_DOWN: "handed a decision down",
}


def _finish(
    barrier: Barrier,
    step: BarrierWord.Step,
    verb: str,
    voice: Voice,
    words: str,
    token: str,
    at: datetime,
    due_on: date | None = None,
) -> Barrier:
    barrier.save()
    keeping.say(barrier, step, voice=voice, words=words, due_on=due_on, at=at)
    activity.record(
        verb, actor=voice.by, target=barrier, at=at, notify=audiences.concerned(barrier)
    )
    if token:
        letters.used(barrier, SAID[step], at=at)
    return barrier
