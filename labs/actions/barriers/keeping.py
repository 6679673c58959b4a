"""What every step of a barrier does: lock the row, move it, keep what was said."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.actions.leader_requests.keeping import Voice
from cohorts.models import Leader, Organisation, Person
from labs.models import Barrier, BarrierWord


def locked(barrier: Barrier) -> Barrier:
    """The row as it is now, ours until the transaction ends. Locked first, and read after."""
    Barrier.objects.select_for_update().only("pk").get(pk=barrier.pk)
    return Barrier.objects.for_detail().get(pk=barrier.pk)


def say(
    barrier: Barrier,
    step: BarrierWord.Step,
    *,
    at: datetime,
    voice: Voice | None = None,
    words: str = "",
    due_on: date | None = None,
) -> BarrierWord:
    voice = voice or Voice(by=None)
    return BarrierWord.objects.create(
        barrier=barrier,
        step=step,
        by=voice.by,
        by_name="" if voice.by else voice.name,
        deputy_for=voice.deputy_for,
        words=words,
        due_on=due_on,
        on=timezone.localdate(at),
    )


def insist_on_words(words: str, otherwise: str, field: str = "words") -> None:
    if not words.strip():
        raise ValidationError({field: otherwise})


def organisations_of(person: Person) -> list[Organisation]:
    """Those `person` works for today: what a barrier is hidden from."""
    found = Organisation.objects.filter(services__in=person.reach.services)
    return list(found.distinct())


def insist_leader_may_read(barrier: Barrier, leader: Leader) -> None:
    """Raises ValidationError when the barrier is hidden from the leader's own organisation."""
    if not Barrier.objects.visible_to_leader(leader).filter(pk=barrier.pk).exists():
        raise ValidationError(
            {
                "leader": f"{leader.name} is of an organisation this is hidden from, and would never "
                "see it. Choose somebody else, or say in words who could change it."
            }
        )
