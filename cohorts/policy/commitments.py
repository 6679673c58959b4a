from __future__ import annotations

from datetime import datetime

from cohorts.models import Commitment, Person
from systemschangers.kernel.policy import Verdict

from .leader_requests import may_answer_as_leader, may_carry_on


def may_judge(person: Person, commitment: Commitment) -> Verdict:
    """Whether it was kept is for the worker to say, who asked."""
    return may_carry_on(person, commitment.request)


def may_view_as_leader(person: Person, commitment: Commitment, at: datetime) -> Verdict:
    """How the leader sees it: said beside the worker’s view, never instead of it."""
    return may_answer_as_leader(person, commitment.request, at)
