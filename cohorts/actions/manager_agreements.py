"""Agreements: proposed, agreed or talked through, proposed again, renewed, ended; and asked to renew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cohorts import events
from cohorts.actions import memberships
from cohorts.audiences import agreements as audiences
from cohorts.clashes import clashes_in_words
from cohorts.line_managers import line_manager_of
from cohorts.locking import lock_worker
from cohorts.models import ManagerAgreement, Person
from cohorts.policy.decisions import may_decide
from cohorts.policy.manager_agreements import may_end, may_propose, may_propose_again
from systemschangers.kernel import activity
from systemschangers.kernel.batches import in_batches
from systemschangers.kernel.lifecycle import Step, WrongState

ASKED_BEFORE = timedelta(days=30)
ASKED_AGAIN_AFTER = timedelta(days=7)


@transaction.atomic
def propose(
    *,
    hours_a_month: int,
    cover: str,
    gives_back: str,
    review_on: date,
    by: Person,
    at: datetime,
) -> ManagerAgreement:
    """To one's line manager. An agreement that stands goes on standing until this one is agreed.

    Raises ValidationError when a proposal waits already."""
    may_propose(by).require()
    manager = line_manager_of(by)
    with clashes_in_words(ManagerAgreement):
        agreement = ManagerAgreement.objects.create(
            worker=by,
            manager=manager,  # type: ignore[misc]  # may_propose insists on one
            hours_a_month=hours_a_month,
            cover=cover,
            gives_back=gives_back,
            review_on=review_on,
            proposed_at=at,
        )
    _record(events.AGREEMENT_PROPOSED, agreement, by, at, audiences.deciders(agreement, at))
    return agreement


@transaction.atomic
def propose_again(
    *,
    agreement: ManagerAgreement,
    hours_a_month: int,
    cover: str,
    gives_back: str,
    review_on: date,
    by: Person,
    at: datetime,
) -> ManagerAgreement:
    """After talking it through: the same proposal, changed. Raises WrongState when not asked to."""
    agreement = _locked(agreement)
    may_propose_again(by, agreement).require()
    agreement.propose_again(at=at)
    agreement.hours_a_month, agreement.review_on = hours_a_month, review_on
    agreement.cover, agreement.gives_back = cover, gives_back
    agreement.save()
    _record(events.AGREEMENT_PROPOSED_AGAIN, agreement, by, at, audiences.deciders(agreement, at))
    return agreement


@transaction.atomic
def agree(*, agreement: ManagerAgreement, words: str, by: Person, at: datetime) -> ManagerAgreement:
    """The manager's, or today's deputy's, yes. An older agreement of the worker ends with it, and her
    places in cohorts that waited for this become active.

    Raises WrongState, naming who decided, when it has been decided."""
    lock_worker(agreement.worker_id)
    agreement = _locked(agreement)
    may_decide(by, agreement, at).require()
    _insist_undecided(agreement, ManagerAgreement.AGREE)
    standing = ManagerAgreement.objects.agreed_for(agreement.worker).select_for_update()
    for older in standing:
        older.end(by=by, at=at)
        older.save()
        activity.record(events.AGREEMENT_RENEWED, actor=by, target=older, at=at, by=agreement.pk)
    agreement.agree(by=by, on_behalf_of=_deputised(agreement, by), at=at, words=words)
    agreement.save()
    _record(events.AGREEMENT_AGREED, agreement, by, at, audiences.decided(agreement))
    memberships.follow_agreement(worker=agreement.worker, by=by, at=at)
    return agreement


@transaction.atomic
def talk_through(
    *, agreement: ManagerAgreement, words: str, by: Person, at: datetime
) -> ManagerAgreement:
    """Not yet: the words say what needs talking through. Raises ValidationError without words."""
    agreement = _locked(agreement)
    may_decide(by, agreement, at).require()
    _insist_undecided(agreement, ManagerAgreement.TALK_THROUGH)
    if not words.strip():
        raise ValidationError({"words": "Say what needs talking through. A sentence is enough."})
    agreement.talk_through(by=by, on_behalf_of=_deputised(agreement, by), at=at, words=words)
    agreement.save()
    _record(events.AGREEMENT_TALK, agreement, by, at, audiences.decided(agreement))
    return agreement


@transaction.atomic
def end(*, agreement: ManagerAgreement, by: Person, at: datetime) -> ManagerAgreement:
    """Either ends an agreement, or takes a proposal off the table; the other is told. Places in
    cohorts that rested on it wait for a manager again."""
    lock_worker(agreement.worker_id)
    agreement = _locked(agreement)
    may_end(by, agreement).require()
    agreement.end(by=by, at=at)
    agreement.save()
    _record(events.AGREEMENT_ENDED, agreement, by, at, audiences.both(agreement))
    memberships.follow_agreement(worker=agreement.worker, by=by, at=at)
    return agreement


def ask_to_renew(*, at: datetime) -> int:
    """For the schedule: ask both once when a month is left, and weekly once the review date is past.

    Nobody is asked while a renewal is on the table. Run as often as you like: what was asked is kept
    on the row. Returns how many agreements were asked about."""
    return in_batches(_due_for_renewal(at), at, _ask_to_renew)


def _ask_to_renew(agreements: list[ManagerAgreement], at: datetime) -> None:
    for agreement in agreements:
        agreement.renewal_asked_at = at
    ManagerAgreement.objects.bulk_update(agreements, ["renewal_asked_at"])
    activity.record_each(
        events.AGREEMENT_RENEWAL,
        actor=None,
        at=at,
        targets=[(agreement, audiences.both(agreement)) for agreement in agreements],
    )


def _due_for_renewal(at: datetime):
    today = timezone.localdate(at)
    proposed = ManagerAgreement.objects.on_the_table().filter(worker=OuterRef("worker"))
    never = Q(renewal_asked_at=None)
    overdue = Q(review_on__lt=today) & (
        Q(renewal_asked_at__lte=at - ASKED_AGAIN_AFTER)
        | Q(renewal_asked_at__date__lte=F("review_on"))
    )
    return (
        ManagerAgreement.objects.filter(
            never | overdue,
            ~Exists(proposed),
            state=ManagerAgreement.State.AGREED,
            review_on__lte=today + ASKED_BEFORE,
        )
        .select_related("worker", "manager")
        .order_by("pk")
    )


def _locked(agreement: ManagerAgreement) -> ManagerAgreement:
    """Locked first and read after: a join read while waiting for the lock would be out of date."""
    locked = ManagerAgreement.objects.select_for_update().values_list("pk", flat=True)
    return ManagerAgreement.objects.for_list().get(pk=locked.get(pk=agreement.pk))


def _deputised(agreement: ManagerAgreement, by: Person) -> Person | None:
    return None if by.pk == agreement.manager_id else agreement.manager


def _insist_undecided(agreement: ManagerAgreement, step: Step) -> None:
    """Raises WrongState in words that name who was quicker."""
    if agreement.state in step.sources:
        return
    if agreement.state == ManagerAgreement.State.ENDED:
        raise WrongState(f"{agreement.ended_by} has ended this agreement.")
    said = "agreed to this" if agreement.state == "agreed" else "asked to talk this through"
    raise WrongState(f"{agreement.decider} has already {said}.")


def _record(
    verb: str, agreement: ManagerAgreement, by: Person | None, at: datetime, notify: list[Person]
) -> None:
    activity.record(verb, actor=by, target=agreement, at=at, notify=notify)
