"""“Same here”: said in a line for one's service, changed, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.models import Person
from labs import events
from labs.actions.barriers.keeping import locked
from labs.audiences import barriers as audiences
from labs.models import Barrier, SameHere
from labs.policy.barriers import may_say_same_here
from systemschangers.kernel import activity


@transaction.atomic
def say(*, barrier: Barrier, words: str, service: Any, by: Person, at: datetime) -> SameHere:
    """Once a person; said again, the new words stand. Raises ValidationError without words, or for a
    service that is not one's own."""
    barrier = locked(barrier)
    may_say_same_here(by, barrier).require()
    if not words.strip():
        raise ValidationError({"words": "Say in a line how it shows where you work."})
    if service.pk not in by.reach.services:
        raise ValidationError({"service": "Choose a service you work in."})
    said = SameHere.objects.filter(barrier=barrier, person=by).first()
    anew = said is None or said.removed_at is not None
    said = said or SameHere(barrier=barrier, person=by)
    said.say(words=words, service=service, at=at)
    said.save()
    hearers = audiences.raiser(barrier) if anew else []
    activity.record(events.BARRIER_SAME_HERE, actor=by, target=barrier, at=at, notify=hearers)
    return said


@transaction.atomic
def take_back(*, barrier: Barrier, by: Person, at: datetime) -> SameHere | None:
    """One's own; None when there was nothing to take back. The words are kept, to be put back."""
    barrier = locked(barrier)
    said = SameHere.objects.filter(barrier=barrier, person=by, removed_at=None).first()
    if said is None:
        return None
    said.take_back(at)
    said.save()
    activity.record(events.BARRIER_SAME_HERE_TAKEN_BACK, actor=by, target=barrier, at=at)
    return said


@transaction.atomic
def put_back(*, barrier: Barrier, by: Person, at: datetime) -> SameHere | None:
    """Undo of taking it back, with the words it had, while one still works in that service."""
    said = SameHere.objects.filter(barrier=barrier, person=by).exclude(removed_at=None).first()
    if said is None:
        return None
    return say(barrier=barrier, words=said.words, service=said.service, by=by, at=at)
