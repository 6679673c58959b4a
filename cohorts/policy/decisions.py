"""Who decides what a worker asks: the manager it was sent to, or a deputy. Never one's own."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.line_managers import is_deputy_for, line_manager_of, who_sets_line_managers
from cohorts.models import ManagerAgreement, Person, TimeRequest
from systemschangers.kernel.policy import YES, Verdict, no


def may_decide(person: Person, thing: ManagerAgreement | TimeRequest, at: datetime) -> Verdict:
    """`thing` comes with its manager. Also not one's own by being the deputy of one's manager."""
    if thing.worker_id == person.pk:
        return no(f"Nobody decides what they asked for themselves. {thing.manager} decides this.")
    if thing.manager_id == person.pk or is_deputy_for(
        person, thing.manager_id, timezone.localdate(at)
    ):
        return YES
    return no(f"{thing.manager} decides this, or a deputy while away.")


def may_ask_manager(person: Person) -> Verdict:
    """To ask for anything, there has to be somebody to ask."""
    if line_manager_of(person) is not None:
        return YES
    return no(
        "Nobody is set as your line manager here yet, so there is nobody to ask. "
        f"{who_sets_line_managers()} can set one on your page."
    )
