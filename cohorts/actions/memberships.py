"""Places in a cohort: asked into, taken, active while an agreement stands, paused, finished, given up.

A worker's places follow her agreements, so whatever moves either locks the worker's row first: an
agreement that is agreed while a place is being accepted finds that place, and the other way round."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import audiences, events
from cohorts.audiences.memberships import both_sides, other_side
from cohorts.clashes import clashes_in_words
from cohorts.locking import lock_worker, locked_membership
from cohorts.models import Cohort, ManagerAgreement, Membership, Person
from cohorts.policy import may_run_cohorts
from cohorts.policy import memberships as policy
from cohorts.policy.manager_agreements import may_activate
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import Step, WrongState

State = Membership.State


@transaction.atomic
def add(*, cohort: Cohort, person: Person, role: str, by: Person, at: datetime) -> Membership:
    """Put somebody in without asking, as agreed with them elsewhere; they are told.

    A participant is active at once when an agreement stands, else once one does. Who was taken out
    comes back in the new role. Raises ValidationError when they are in it already."""
    may_run_cohorts(by).require()
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    lock_worker(person.pk)
    found = Membership.objects.select_for_update().filter(cohort=cohort, person=person).first()
    membership = found or Membership(
        cohort=cohort, person=person, state=State.AWAITING_MANAGER, joined_at=at, state_at=at
    )
    if found:
        if found.state not in Membership.ADD.sources:
            raise ValidationError(f"{person} is already in this cohort.")
        membership.take(Membership.ADD, at=at)
    membership.role = role
    with clashes_in_words(Membership):
        membership.save()
    activity.record(
        events.MEMBER_ADDED,
        actor=by,
        target=membership,
        at=at,
        notify=audiences.membership_added(membership),
        role=role,
    )
    return settle(membership=membership, by=by, at=at, notify=False)


@transaction.atomic
def say_yes(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Who was asked takes the place. Active at once when an agreement stands."""
    membership = locked_membership(membership)
    policy.may_say_yes(by, membership).require()
    membership.take(Membership.SAY_YES, at=at)
    _keep(events.MEMBERSHIP_SAID_YES, membership, by, at)
    return settle(membership=membership, by=by, at=at)


@transaction.atomic
def withdraw(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Out of the cohort: given up by the member, or ended by staff. To being asked it is a no thanks.

    Not deleted: that they were in it stays true. Raises WrongState when they are out already."""
    membership = locked_membership(membership)
    policy.may_withdraw(by, membership).require()
    no_thanks = membership.state == State.INVITED and by.pk == membership.person_id
    membership.take(Membership.WITHDRAW, at=at)
    verb = events.MEMBERSHIP_SAID_NO if no_thanks else events.MEMBERSHIP_WITHDRAWN
    return _keep(verb, membership, by, at)


@transaction.atomic
def take_out(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """`withdraw`, from the list of who is in it. Twice changes nothing."""
    membership = locked_membership(membership)
    policy.may_take_out(by, membership).require()
    if membership.state == State.WITHDRAWN:
        return membership
    membership.take(Membership.WITHDRAW, at=at)
    return _keep(events.MEMBERSHIP_WITHDRAWN, membership, by, at)


@transaction.atomic
def pause(*, membership: Membership, by: Person, at: datetime) -> Membership:
    membership = locked_membership(membership)
    policy.may_pause(by, membership).require()
    membership.take(Membership.PAUSE, at=at)
    return _keep(events.MEMBERSHIP_PAUSED, membership, by, at)


@transaction.atomic
def resume(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Raises Refused, saying what to do, when no agreement stands."""
    membership = locked_membership(membership)
    policy.may_resume(by, membership).require()
    membership.take(Membership.RESUME, at=at)
    may_activate(membership).require()
    return _keep(events.MEMBERSHIP_RESUMED, membership, by, at)


@transaction.atomic
def finish(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Been through the programme. Also who had no agreement in its last days."""
    membership = locked_membership(membership)
    policy.may_finish(by, membership).require()
    membership.take(Membership.FINISH, at=at)
    return _keep(events.MEMBERSHIP_FINISHED, membership, by, at)


@transaction.atomic
def ask_again(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Who withdrew, or was told no, is asked in. They say yes or no thanks."""
    membership = locked_membership(membership)
    policy.may_ask_again(by, membership).require()
    membership.ask(by=by, at=at)
    return _keep(events.MEMBERSHIP_ASKED, membership, by, at)


@transaction.atomic
def make_active(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """By hand what happens by itself when the manager agrees. Raises Refused without an agreement."""
    membership = locked_membership(membership)
    policy.may_make_active(by, membership).require()
    _insist(membership, Membership.ACTIVATE)
    may_activate(membership).require()
    return settle(membership=membership, by=by, at=at)


def settle(
    *, membership: Membership, by: Person | None, at: datetime, notify: bool = True
) -> Membership:
    """Make active what waits for a manager, if an agreement stands or none is needed.

    The caller holds the worker's lock, in its transaction. Both sides are told, but for `by`."""
    if membership.state == State.AWAITING_MANAGER and may_activate(membership):
        membership.take(Membership.ACTIVATE, at=at)
        membership.save()
        _record(
            events.MEMBERSHIP_ACTIVE, membership, by, at, both_sides(membership) if notify else []
        )
    return membership


def follow_agreement(*, worker: Person, by: Person | None, at: datetime) -> int:
    """Bring a worker's places in line with her agreements: those that wait become active when one
    stands, those that are active wait again when none does. Paused ones stay paused.

    Called by whatever changes an agreement, in its transaction, the worker locked first. Returns how
    many moved; staff and worker are told of each."""
    stands = ManagerAgreement.objects.agreed_for(worker).exists()
    moved = State.AWAITING_MANAGER if stands else State.ACTIVE
    places = Membership.objects.filter(
        person=worker, role=Membership.Role.PARTICIPANT, state=moved
    ).order_by("pk")
    found = list(places.select_for_update())
    for membership in found:
        membership.person = worker
        if stands:
            settle(membership=membership, by=by, at=at)
        else:
            membership.take(Membership.LOSE_AGREEMENT, at=at)
            membership.save()
            told = both_sides(membership)
            _record(events.MEMBERSHIP_LOST_AGREEMENT, membership, by, at, told)
    return len(found)


def _insist(membership: Membership, step: Step) -> None:
    if membership.state not in step.sources:
        raise WrongState(f"This place is “{membership.get_state_display()}” now.")


def _keep(verb: str, membership: Membership, by: Person, at: datetime) -> Membership:
    membership.save()
    _record(verb, membership, by, at, other_side(membership, by))
    return membership


def _record(
    verb: str, membership: Membership, by: Person | None, at: datetime, notify: list[Person]
) -> None:
    activity.record(verb, actor=by, target=membership, at=at, notify=notify)
