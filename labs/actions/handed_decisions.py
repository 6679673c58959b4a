"""A leader hands a decision down to a team, within limits; and takes it back, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from labs import events
from labs.actions.barriers import answering, keeping, letters
from labs.audiences import barriers as audiences
from labs.models import Barrier, BarrierWord, HandedDecision
from labs.policy.handed_decisions import may_take_back
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

SETTLED = (Barrier.State.DUPLICATE, Barrier.State.SET_ASIDE, Barrier.State.FIXED)


@transaction.atomic
def hand_down(
    *,
    barrier: Barrier,
    service: Any,
    decision: str,
    limits: str,
    until: date | None = None,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> HandedDecision:
    """“Your team may decide this”: what, within which limits, until when if not for good. By account or
    link. Raises ValidationError for a team the barrier is hidden from, or one that may decide already."""
    keeping.insist_on_words(decision, "Say what the team may decide.", "decision")
    keeping.insist_on_words(
        limits, "Say the limits, so that the team knows what is safe.", "limits"
    )
    if until and until < timezone.localdate(at):
        raise ValidationError({"until": "That day has passed. Choose one to come, or none."})
    barrier, voice = answering.voiced(barrier, by, token, at)
    if barrier.leader is None:
        raise WrongState("Nobody is named yet who has the power to change this.")
    if barrier.state in SETTLED:
        raise WrongState(f"This barrier is “{barrier.get_state_display()}” now.")
    if barrier.hidden_from.filter(pk=service.organisation_id).exists():
        raise ValidationError({"service": "This barrier is hidden from that organisation."})
    barrier.save()
    with clashes_in_words(HandedDecision):
        handed = HandedDecision.objects.create(
            barrier=barrier,
            leader=barrier.leader,
            service=service,
            decision=decision,
            limits=limits,
            until=until,
            handed_at=at,
        )
    keeping.say(barrier, BarrierWord.Step.HANDED_DOWN, voice=voice, words=decision, at=at)
    activity.record(
        events.DECISION_HANDED_DOWN,
        actor=voice.by,
        target=handed,
        at=at,
        notify=audiences.team(handed),
    )
    if token:
        what = answering.SAID[BarrierWord.Step.HANDED_DOWN]
        letters.used(barrier, what, at=at)
    return handed


@transaction.atomic
def take_back(*, handed: HandedDecision, words: str, by: Person, at: datetime) -> HandedDecision:
    """In words, which the team reads. What it decided meanwhile stands."""
    keeping.insist_on_words(words, "Say why, in a sentence: the team reads it.")
    HandedDecision.objects.select_for_update().only("pk").get(pk=handed.pk)
    handed = HandedDecision.objects.for_list().get(pk=handed.pk)
    may_take_back(by, handed, at).require()
    handed.take_back(by=by, words=words, at=at)
    handed.save()
    voice = keeping.Voice(by)
    keeping.say(handed.barrier, BarrierWord.Step.TAKEN_BACK, voice=voice, words=words, at=at)
    activity.record(
        events.DECISION_TAKEN_BACK, actor=by, target=handed, at=at, notify=audiences.team(handed)
    )
    return handed
