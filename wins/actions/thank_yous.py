"""Thanking somebody for what you saw, and their say in who else sees it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.models import Person
from systemschangers.kernel import activity
from wins import events
from wins.models import ThankYou
from wins.policy.thank_yous import may_answer_thank_you, may_thank


@transaction.atomic
def thank(*, receiver: Person, words: str, by: Person, at: datetime) -> ThankYou:
    """Write to `receiver`, who alone reads it until they say otherwise."""
    may_thank(by, receiver).require()
    thank_you = ThankYou.objects.create(
        giver=by,
        receiver=receiver,
        service_id=next(iter(receiver.reach.services), None),
        words=words,
        made_at=at,
    )
    activity.record(events.THANK_YOU_GIVEN, actor=by, target=thank_you, at=at, notify=[receiver])
    return thank_you


@transaction.atomic
def answer(*, thank_you: ThankYou, shown_to: str, by: Person, at: datetime) -> ThankYou:
    """Show it to `shown_to`, or keep it between the two when that is empty."""
    thank_you = (
        ThankYou.objects.select_for_update(of=("self",))
        .select_related("giver", "receiver")
        .get(pk=thank_you.pk)
    )
    may_answer_thank_you(by, thank_you).require()
    if shown_to:
        if thank_you.state != ThankYou.State.SHOWN:
            ThankYou.SHOW.apply(thank_you)
    elif thank_you.state != ThankYou.State.KEPT:
        ThankYou.KEEP.apply(thank_you)
    thank_you.shown_to, thank_you.answered_at = shown_to, at
    thank_you.save()
    verb = events.THANK_YOU_SHOWN if shown_to else events.THANK_YOU_KEPT
    activity.record(
        verb, actor=by, target=thank_you, at=at, notify=[thank_you.giver] if shown_to else []
    )
    return thank_you
