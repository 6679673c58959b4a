"""Applying to a cohort: written, changed until somebody opens it, accepted or answered with a no."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.actions.memberships import settle
from cohorts.audiences.memberships import staff_of
from cohorts.clashes import clashes_in_words
from cohorts.locking import lock_worker, locked_membership
from cohorts.meanwhile import insist_as_seen
from cohorts.models import Cohort, Membership, Person
from cohorts.policy import may_run_cohorts
from cohorts.policy import memberships as policy
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

State = Membership.State
SAID = ("about", "asks", "applications_close_on")


@transaction.atomic
def open_cohort(
    *,
    cohort: Cohort,
    about: str,
    asks: str,
    close_on: date | None,
    seen: str = "",
    by: Person,
    at: datetime,
) -> Cohort:
    """Say what the cohort is and until when people may apply; without a day nobody can.

    Raises ChangedMeanwhile when it no longer says what was `seen` (cohorts.meanwhile)."""
    may_run_cohorts(by).require()
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    insist_as_seen(cohort, SAID, seen)
    cohort.about, cohort.asks, cohort.applications_close_on = about, asks, close_on
    with clashes_in_words(Cohort):
        cohort.save(update_fields=["about", "asks", "applications_close_on"])
    activity.record(events.COHORT_OPENED, actor=by, target=cohort, at=at)
    return cohort


@transaction.atomic
def apply(*, cohort: Cohort, why: str, by: Person, at: datetime) -> Membership:
    """Whoever runs the cohort is told. Raises Refused, in words, when it is closed or they are in it."""
    lock_worker(by.pk)
    cohort = Cohort.objects.get(pk=cohort.pk)
    found = Membership.objects.select_for_update().filter(cohort=cohort, person=by).first()
    policy.may_apply(by, cohort, found, at).require()
    if found:
        found.apply(why=why, at=at)
    membership = found or Membership(
        cohort=cohort, person=by, state=State.APPLIED, why=why, joined_at=at, state_at=at
    )
    with clashes_in_words(Membership):
        membership.save()
    _record(events.MEMBERSHIP_APPLIED, membership, by, at, staff_of(cohort.pk))
    return membership


@transaction.atomic
def rewrite(*, membership: Membership, why: str, by: Person, at: datetime) -> Membership:
    """Raises Refused once somebody has opened it, WrongState once it is no application any more."""
    membership = locked_membership(membership)
    _insist_applied(membership)
    policy.may_rewrite(by, membership).require()
    membership.why = why
    membership.save(update_fields=["why"])
    _record(events.MEMBERSHIP_REWRITTEN, membership, by, at)
    return membership


@transaction.atomic
def look_at(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """Somebody of the staff has opened it, so it stays as it is. Once; later readers change nothing."""
    membership = locked_membership(membership)
    policy.may_look_at(by, membership).require()
    if membership.state == State.APPLIED and membership.looked_at is None:
        membership.looked_at, membership.looked_by = at, by
        membership.save(update_fields=["looked_at", "looked_by"])
        _record(events.MEMBERSHIP_LOOKED_AT, membership, by, at)
    return membership


@transaction.atomic
def accept(*, membership: Membership, by: Person, at: datetime) -> Membership:
    """To the manager next; active at once when an agreement stands."""
    membership = locked_membership(membership)
    policy.may_accept(by, membership).require()
    _insist_applied(membership)
    membership.take(Membership.ACCEPT, at=at)
    membership.answered_at, membership.answered_by = at, by
    membership.save()
    _record(events.MEMBERSHIP_ACCEPTED, membership, by, at, [membership.person])
    return settle(membership=membership, by=by, at=at)


@transaction.atomic
def turn_down(*, membership: Membership, words: str, by: Person, at: datetime) -> Membership:
    """Raises ValidationError without words: a no says why, or what would be better."""
    membership = locked_membership(membership)
    policy.may_turn_down(by, membership).require()
    _insist_applied(membership)
    if not words.strip():
        raise ValidationError(
            {"words": "Say why, and what might suit them better. One line will do."}
        )
    membership.turn_down(by=by, at=at, words=words)
    membership.save()
    _record(events.MEMBERSHIP_TURNED_DOWN, membership, by, at, [membership.person])
    return membership


def _insist_applied(membership: Membership) -> None:
    """Raises WrongState in words that name who was quicker."""
    if membership.state == State.APPLIED:
        return
    if membership.was_turned_down:
        raise WrongState(
            f"{membership.answered_by} has already answered this application with a no."
        )
    if membership.answered_by:
        raise WrongState(f"{membership.answered_by} has already accepted this application.")
    if membership.state == State.WITHDRAWN:
        raise WrongState(f"{membership.person} has taken this application back.")
    raise WrongState(f"This is no application: the place is “{membership.get_state_display()}”.")


def _record(
    verb: str,
    membership: Membership,
    by: Person,
    at: datetime,
    notify: list[Person] | None = None,
) -> None:
    activity.record(verb, actor=by, target=membership, at=at, notify=notify or [])
