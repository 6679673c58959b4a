"""Promises after a meeting: the worker says how it went, the leader how they see it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.models import Commitment, Person
from cohorts.policy.commitments import may_judge, may_view_as_leader
from systemschangers.kernel import activity, signed_links

VIEW = "commitment_view"


@transaction.atomic
def judge(
    *, commitment: Commitment, state: str, words: str, by: Person, at: datetime
) -> Commitment:
    """Kept, partly, not kept, no longer relevant, or open again. Can be changed: promises get late."""
    commitment = _locked(commitment)
    may_judge(by, commitment).require()
    commitment.state, commitment.workers_view = state, words
    commitment.state_at = None if state == Commitment.State.OPEN else at
    commitment.save(update_fields=["state", "workers_view", "state_at"])
    activity.record(
        events.COMMITMENT_JUDGED,
        actor=by,
        target=commitment,
        at=at,
        notify=audiences.leader_request_leaders(commitment.request, at),
        state=state,
    )
    return commitment


@transaction.atomic
def give_leaders_view(
    *,
    commitment: Commitment,
    words: str,
    at: datetime,
    by: Person | None = None,
    token: str = "",
) -> Commitment:
    """How the leader sees it, beside the worker's view. With a link, the link is the permission."""
    commitment = _locked(commitment)
    if not words.strip():
        raise ValidationError("Say in a few words how it stands.")
    if token:
        link = signed_links.use(token, (VIEW,), at=at)
        if link.target_id != commitment.pk:
            raise signed_links.LinkRefused("other purpose", link)
        by = link.person  # type: ignore[assignment]
    elif by is None:
        raise ValueError("A view is somebody's: by an account, or by a link")
    else:
        may_view_as_leader(by, commitment, at).require()
    commitment.leaders_view = words
    commitment.save(update_fields=["leaders_view"])
    worker = commitment.request.worker
    activity.record(
        events.COMMITMENT_LEADERS_VIEW,
        actor=by,
        target=commitment,
        at=at,
        notify=[worker] if worker.is_active else [],
    )
    return commitment


def _locked(commitment: Commitment) -> Commitment:
    Commitment.objects.select_for_update().only("pk").get(pk=commitment.pk)
    return Commitment.objects.for_detail().get(pk=commitment.pk)
