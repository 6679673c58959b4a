"""Who may do what with an agreement between a worker and a manager."""

from __future__ import annotations

from cohorts.models import ManagerAgreement, Membership, Person
from systemschangers.kernel.policy import YES, Verdict, no

from .decisions import may_ask_manager


def may_propose(person: Person) -> Verdict:
    """One proposal on the table at a time; a renewal is a proposal beside the one that stands."""
    if ManagerAgreement.objects.on_the_table().filter(worker=person).exists():
        return no("You have a proposal waiting already. Change that one, or take it back.")
    return may_ask_manager(person)


def may_propose_again(person: Person, agreement: ManagerAgreement) -> Verdict:
    if agreement.worker_id != person.pk:
        return no(f"Only {agreement.worker} can change what is proposed.")
    return YES


def may_end(person: Person, agreement: ManagerAgreement) -> Verdict:
    """Either of the two."""
    if person.pk in (agreement.worker_id, agreement.manager_id):
        return YES
    return no(f"Only {agreement.worker} or {agreement.manager} can end this.")


def may_activate(membership: Membership) -> Verdict:
    """A participant becomes active only with an agreement that stands; those who run the cohort need none."""
    if membership.role != Membership.Role.PARTICIPANT:
        return YES
    if ManagerAgreement.objects.agreed_for(membership.person_id).exists():
        return YES
    return no(
        f"{membership.person} has no agreement with a manager yet. "
        "They propose one under Time, and the manager agrees."
    )
