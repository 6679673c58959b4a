"""Putting a win or a story forward with why it matters; the teller’s yes, and its being published."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from systemschangers.kernel import activity
from wins import events
from wins.locking import locked as locked_win
from wins.locking import locked_nomination, locked_round
from wins.models import Nomination, SelectionRound, Story, Win
from wins.policy.selection_rounds import (
    may_answer_nomination,
    may_nominate,
    may_publish_nomination,
    may_take_out,
)


@transaction.atomic
def nominate(
    *, it: SelectionRound, thing: Win | Story, why: str, by: Person, at: datetime
) -> Nomination:
    """Put `thing` forward. One’s own stands at once; for somebody else’s its teller is asked first.

    The caller has asked whether `by` sees it. Raises ValidationError when it is in the round already."""
    it = locked_round(it)
    thing = _held(thing)
    may_nominate(by, it, thing).require()
    if not why.strip():
        raise ValidationError({"why": "Say why it matters to you. A sentence is enough."})
    own = thing.author_id == by.pk
    nomination = Nomination(
        round=it,
        teller=thing.author,
        nominated_by=by,
        why=why.strip(),
        made_at=at,
        **{"win" if isinstance(thing, Win) else "story": thing},
    )
    if own:
        nomination.consent(at=at)
    with clashes_in_words(Nomination):
        nomination.save()
    verb = events.NOMINATION_MADE if own else events.NOMINATION_ASKED
    told = [] if own else [thing.author]
    activity.record(verb, actor=by, target=nomination, at=at, notify=told)
    return nomination


@transaction.atomic
def consent(*, nomination: Nomination, by: Person, at: datetime) -> Nomination:
    """The teller’s yes: the panels may read it."""
    nomination = locked_nomination(nomination)
    may_answer_nomination(by, nomination).require()
    nomination.consent(at=at)
    nomination.save()
    told = [nomination.nominated_by]
    activity.record(events.NOMINATION_CONSENTED, actor=by, target=nomination, at=at, notify=told)
    return nomination


@transaction.atomic
def decline(*, nomination: Nomination, by: Person, at: datetime) -> Nomination:
    """The teller’s no, for which nobody asks a reason."""
    nomination = locked_nomination(nomination)
    may_answer_nomination(by, nomination).require()
    nomination.move(Nomination.DECLINE)
    nomination.save()
    told = [nomination.nominated_by]
    activity.record(events.NOMINATION_DECLINED, actor=by, target=nomination, at=at, notify=told)
    return nomination


@transaction.atomic
def take_out(*, nomination: Nomination, by: Person, at: datetime) -> Nomination:
    """Out of the round at once, whatever a panel has said of it: nobody reads it there any more."""
    nomination = locked_nomination(nomination)
    may_take_out(by, nomination).require()
    nomination.move(Nomination.TAKE_OUT)
    nomination.save()
    activity.record(events.NOMINATION_TAKEN_OUT, actor=by, target=nomination, at=at)
    return nomination


@transaction.atomic
def publish(*, nomination: Nomination, by: Person, at: datetime) -> Nomination:
    """Everyone here reads what was chosen and why, for as long as its teller likes."""
    nomination = locked_nomination(nomination)
    may_publish_nomination(by, nomination).require()
    nomination.publish(at=at)
    nomination.save()
    activity.record(events.NOMINATION_PUBLISHED, actor=by, target=nomination, at=at)
    return nomination


@transaction.atomic
def take_down(*, nomination: Nomination, by: Person, at: datetime) -> Nomination:
    """Not published any more; those who took part in the round still read the reason."""
    nomination = locked_nomination(nomination)
    may_publish_nomination(by, nomination).require()
    nomination.move(Nomination.TAKE_DOWN)
    nomination.save()
    activity.record(events.NOMINATION_TAKEN_DOWN, actor=by, target=nomination, at=at)
    return nomination


def _held(thing: Win | Story) -> Win | Story:
    if isinstance(thing, Win):
        return locked_win(thing)
    Story.objects.select_for_update().only("pk").get(pk=thing.pk)
    return Story.objects.select_related("author").get(pk=thing.pk)
