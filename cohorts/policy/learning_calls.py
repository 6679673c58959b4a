"""Who may do what with learning calls: the two who speak, and nobody else."""

from __future__ import annotations

from cohorts.models import LearningCall, Membership, Person
from systemschangers.kernel.policy import YES, Verdict, no

ACTIVE = Membership.State.ACTIVE
STILL_HERE = {ACTIVE, Membership.State.PAUSED, Membership.State.ALUMNI}


def may_plan_call(person: Person, membership: Membership) -> Verdict:
    """Either of the two, while the member takes part and has a learning partner.

    `membership` comes with its person and learning partner."""
    return _one_of_the_two(person, membership) and _takes_part(membership, {ACTIVE})


def may_log_call(person: Person, membership: Membership) -> Verdict:
    """Also of somebody who pauses or has finished: a call that was held may be written down late."""
    return _one_of_the_two(person, membership) and _takes_part(membership, STILL_HERE)


def may_write_call(person: Person, call: LearningCall) -> Verdict:
    """Either of the two who speak; also afterwards, since the words are theirs."""
    if person.pk in (call.membership.person_id, call.partner_id):
        return YES
    return no("Only the two who speak can write this down.")


def may_carry_on_call(person: Person, call: LearningCall) -> Verdict:
    """Move it, or plan it anew: not with somebody who has left the cohort."""
    may = may_write_call(person, call)
    return may and _takes_part(call.membership, {ACTIVE})


def _one_of_the_two(person: Person, membership: Membership) -> Verdict:
    if membership.learning_partner is None:
        return no("There is no learning partner here yet. Staff of the cohort can name one.")
    if person.pk not in (membership.person_id, membership.learning_partner_id):
        return no("Only the two who speak can write this down.")
    return YES


def _takes_part(membership: Membership, states: set[Membership.State]) -> Verdict:
    if membership.state in states:
        return YES
    said = {
        Membership.State.WITHDRAWN: "has left",
        Membership.State.PAUSED: "is taking a break from",
        Membership.State.ALUMNI: "has finished with",
    }.get(Membership.State(membership.state), "is not yet active in")
    return no(f"{membership.person} {said} this cohort, so no call can be planned.")
