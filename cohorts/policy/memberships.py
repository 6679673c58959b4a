"""Who may do what with a place in a cohort: one's own, or of a cohort one runs.

Programme staff run every cohort; a cohort's facilitators and learning partners run theirs. Nobody
decides about their own application, and nobody says yes for somebody else."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.models import Cohort, Membership, Person
from systemschangers.kernel.policy import YES, Verdict, no

State = Membership.State


def runs(person: Person, cohort_id: int) -> bool:
    return person.reach.is_programme_staff or cohort_id in person.reach.run_cohorts


def may_watch_over(person: Person, cohort: Cohort) -> Verdict:
    """Read applications, and how the members are."""
    if runs(person, cohort.pk):
        return YES
    return no(f"Only programme staff, and who runs {cohort}, can see this.")


def may_apply(person: Person, cohort: Cohort, own: Membership | None, at: datetime) -> Verdict:
    """`own` is the place the person has in the cohort, if any: who withdrew may come back."""
    if own is not None and own.state != State.WITHDRAWN:
        return no(f"You have a place in {cohort} already, or are on the way to one.")
    if not cohort.is_open(timezone.localdate(at)):
        return no(
            f"{cohort} takes no applications now. Ask programme staff when the next one opens."
        )
    if own is not None and own.was_turned_down:
        return no(
            f"{own.answered_by} has answered you. Ask them if things have changed since: "
            "they can ask you in."
        )
    return YES


def may_rewrite(person: Person, membership: Membership) -> Verdict:
    """The applicant, until somebody has opened it: what was read stays as it was read."""
    if membership.person_id != person.pk:
        return no(f"Only {membership.person} can change this application.")
    if membership.looked_at:
        return no(
            f"{membership.looked_by} has opened your application, so it stays as it was read. "
            "You can still take it back."
        )
    return YES


def may_look_at(person: Person, membership: Membership) -> Verdict:
    return _decides(person, membership)


def may_say_yes(person: Person, membership: Membership) -> Verdict:
    if membership.person_id == person.pk:
        return YES
    return no(f"Only {membership.person} can say yes to this.")


def may_accept(person: Person, membership: Membership) -> Verdict:
    return _decides(person, membership)


def may_turn_down(person: Person, membership: Membership) -> Verdict:
    return _decides(person, membership)


def may_make_active(person: Person, membership: Membership) -> Verdict:
    """It happens by itself when the manager agrees; by hand only to put something right."""
    return _decides(person, membership)


def may_pause(person: Person, membership: Membership) -> Verdict:
    return _own_or_run(person, membership)


def may_resume(person: Person, membership: Membership) -> Verdict:
    return _own_or_run(person, membership)


def may_withdraw(person: Person, membership: Membership) -> Verdict:
    return _own_or_run(person, membership)


def may_take_out(person: Person, membership: Membership) -> Verdict:
    """From the list of who is in a cohort: also administrators, who put people in."""
    return YES if person.is_staff else _own_or_run(person, membership)


def may_finish(person: Person, membership: Membership) -> Verdict:
    """That somebody has been through the programme, those who run it say."""
    return _decides(person, membership)


def may_ask_again(person: Person, membership: Membership) -> Verdict:
    return _decides(person, membership)


def _decides(person: Person, membership: Membership) -> Verdict:
    if membership.person_id == person.pk:
        return no("Nobody decides about their own place. Ask somebody else of the programme staff.")
    if runs(person, membership.cohort_id):
        return YES
    return no(f"Only programme staff, and who runs {membership.cohort}, can do this.")


def _own_or_run(person: Person, membership: Membership) -> Verdict:
    if membership.person_id == person.pk or runs(person, membership.cohort_id):
        return YES
    return no(f"Only {membership.person}, or programme staff, can do this.")
