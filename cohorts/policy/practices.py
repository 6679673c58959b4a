"""Who may do what with practices and borrowings."""

from __future__ import annotations

from cohorts.models import Borrowing, ComparisonNote, PeerMeeting, Person, Practice, Service
from systemschangers.kernel.policy import YES, Verdict, no

from .peer_meetings import has_met

State = Practice.State


def may_tell_tried(person: Person, note: ComparisonNote) -> Verdict:
    if note.author_id == person.pk:
        return YES
    return no("Only whoever wrote this says how it went.")


def may_draft_practice(person: Person, meeting: PeerMeeting) -> Verdict:
    return has_met(person, meeting)


def may_change_practice(person: Person, practice: Practice) -> Verdict:
    """Its owners: those who met. A draft: whoever writes it."""
    if practice.state == State.DRAFT and practice.made_by_id != person.pk:
        return no("A draft is changed and sent by whoever writes it.")
    if practice.owners.filter(person=person).exists():  # type: ignore[attr-defined]
        return YES
    return no("Only those whose practice this is can change it.")


def may_borrow(person: Person, practice: Practice) -> Verdict:
    """Anybody here who works in a service; of its owners, not those of the service it is of."""
    if practice.state != State.PUBLISHED:
        return no("This practice is not published now.")
    services = person.reach.services
    if not services:
        return no("You have no post in a service here, so there is nothing to borrow it for.")
    if set(services) == {practice.service_id}:
        return no("This is your own service’s practice.")
    return YES


def may_tell_borrowing(person: Person, borrowing: Borrowing) -> Verdict:
    if borrowing.person_id == person.pk:
        return YES
    return no("Only whoever borrows it says how it went.")


def services_to_borrow_for(person: Person, practice: Practice) -> list[Service]:
    """The person’s services, but for the one the practice is of."""
    own = Service.objects.filter(pk__in=person.reach.services).exclude(pk=practice.service_id)
    return list(own.select_related("organisation").order_by("name"))
