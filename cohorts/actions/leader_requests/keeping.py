"""What every step of a request does: lock the row, move it, and keep what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from cohorts.clashes import clashes_in_words
from cohorts.models import LeaderRequest, LeaderRequestWord, Person, TimeRequest
from systemschangers.kernel.lifecycle import Step
from systemschangers.kernel.models import SignedLink


@dataclass(frozen=True)
class Voice:
    """Who takes a step, and for whom. `by` is None for a leader without an account, whose signed
    link it was; `name` is then theirs."""

    by: Person | None
    name: str = ""
    deputy_for: Person | None = None

    @classmethod
    def of_link(cls, link: SignedLink) -> Voice:
        return cls(by=link.person, name=link.name)  # type: ignore[arg-type]


def locked(request: LeaderRequest) -> LeaderRequest:
    """The row as it is now, ours until the transaction ends.

    Locked first and read after: a row that was waited for comes with what it was joined to before
    the wait, so that who decided would be missing."""
    LeaderRequest.objects.select_for_update().only("pk").get(pk=request.pk)
    return LeaderRequest.objects.for_detail().get(pk=request.pk)


def take(
    request: LeaderRequest, step: Step, *, voice: Voice, name: str, at: datetime, words: str = ""
) -> None:
    """Move the request, and put the step into its history. The caller saves what else changed."""
    request.move(step, at=at)
    say(request, name, voice=voice, at=at, words=words)


def say(request: LeaderRequest, name: str, *, voice: Voice, at: datetime, words: str = "") -> None:
    LeaderRequestWord.objects.create(
        request=request,
        step=name,
        by=voice.by,
        by_name="" if voice.by else voice.name,
        deputy_for=voice.deputy_for,
        words=words,
        at=at,
    )


def keep_slot(request: LeaderRequest) -> None:
    """The manager's one decision was for the meeting and its time: now that the hour is known, the
    time stands approved. Raises ValidationError when the worker has approved time then already."""
    decider = request.second_look_by if request.second_look_at else request.manager_decided_by
    decided_at = request.second_look_at or request.manager_decided_at
    starts_at = request.meets_at
    if decider is None or starts_at is None:
        raise ValueError("Only a decided request with a date has a slot")
    with clashes_in_words(TimeRequest):
        request.time_request = TimeRequest.objects.create(
            worker_id=request.worker_id,
            manager_id=request.manager_id,
            purpose=TimeRequest.Purpose.LEADER_MEETING,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=float(request.hours)),
            cover=request.cover,
            state=TimeRequest.State.APPROVED,
            asked_at=request.made_at,
            decided_at=decided_at,
            decided_by=decider,
            decided_for_id=request.manager_id if decider.pk != request.manager_id else None,
        )


def free_slot(request: LeaderRequest) -> None:
    """The meeting is not then after all: its time is given back."""
    slot = request.time_request
    if slot is not None and slot.state == TimeRequest.State.APPROVED:
        slot.withdraw()
        slot.save(update_fields=["state"])
    request.time_request = None


def slot_taken(request: LeaderRequest, at: datetime) -> None:
    """They met: the time was taken. Said late, after “did not happen”, it is put back first."""
    if request.time_request is None:
        keep_slot(request)
    slot = request.time_request
    if slot is not None and slot.state != TimeRequest.State.TAKEN:
        slot.tell(TimeRequest.TAKE, at=at)
        slot.save(update_fields=["state", "told_at"])


def drop_dates(request: LeaderRequest) -> None:
    request.offered_dates.all().delete()


def people(*several: models.Model | None) -> list:
    """Those of them who have a living account, once each."""
    return list({one.pk: one for one in several if one is not None and one.is_active}.values())  # type: ignore[attr-defined]
