from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import ThankYou


def may_thank(person: Person, receiver: Person) -> Verdict:
    if person.pk == receiver.pk:
        return no("Choose somebody else to thank.")
    if not receiver.is_active:
        return no("That person’s account has ended, so your thanks would not reach them.")
    return YES


def may_answer_thank_you(person: Person, thank_you: ThankYou) -> Verdict:
    """Whom the thanks are for decides who else sees them, and can change their mind."""
    if thank_you.receiver_id != person.pk:
        return no("Only the person who was thanked decides who sees it.")
    return YES
