"""Who may take which step of a request to meet a leader, and on whose behalf.

Whether the step is in turn is the state's business (the Steps on the model); this is about who."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from cohorts.line_managers import is_deputy_for
from cohorts.models import Deputyship, LeaderRequest, Membership, Person
from cohorts.working_days import is_long_overdue
from systemschangers.kernel.policy import YES, Verdict, no

OWN = no("Nobody decides their own request, not as a deputy either. Somebody else has to.")
_State = LeaderRequest.State
_OVER = {_State.CLOSED, _State.WITHDRAWN, _State.DECLINED_BY_LEADER}


def may_carry_on(person: Person, request: LeaderRequest) -> Verdict:
    """The worker's own steps: writing, answering, picking a date, taking it back, the verdict."""
    if request.worker_id == person.pk:
        return YES
    return no(f"Only {request.worker} can do this: it is their request.")


def may_take_along(person: Person, request: LeaderRequest) -> Verdict:
    """Choosing wins, barriers and voices to take along: until it is over."""
    if request.worker_id == person.pk and request.state in _OVER:
        return no("It is over, so nothing more is taken along.")
    return may_carry_on(person, request)


def may_decide(person: Person, request: LeaderRequest, at: datetime) -> Verdict:
    """The manager's decision: the manager, today's deputy, or staff when nobody answers."""
    if request.worker_id == person.pk:
        return OWN
    if request.manager_id == person.pk or _deputises(person, request.manager, at):
        return YES
    if _staff_may_step_in(person, request, at, gone=not request.manager.is_active):
        return YES
    return no(f"Only {request.manager}, or the deputy of that day, decides this.")


def may_take_second_look(person: Person, request: LeaderRequest) -> Verdict:
    if request.worker_id == person.pk:
        return OWN
    if person.pk in (request.manager_id, request.manager_decided_by_id):
        return no("You made the first decision, so somebody else takes the second look.")
    if runs_cohort_of(person, request.worker):
        return YES
    return no("Only programme staff of the worker’s cohort take a second look.")


def may_ask_second_look(person: Person, request: LeaderRequest) -> Verdict:
    if request.second_look_at:
        return no("There has been a second look already. You can begin a new request.")
    return may_carry_on(person, request)


def may_answer_as_leader(person: Person, request: LeaderRequest, at: datetime) -> Verdict:
    """The leader asked, her deputy of that day, or staff once it is long overdue."""
    if request.worker_id == person.pk:
        return OWN
    leader = request.leader.person
    if leader is not None and (leader.pk == person.pk or _deputises(person, leader, at)):
        return YES
    if _staff_may_step_in(person, request, at, gone=False):
        return YES
    return no(f"Only {request.leader.name} answers this.")


def may_say_whether_held(person: Person, request: LeaderRequest, at: datetime) -> Verdict:
    """Both are asked; either may say."""
    if request.worker_id == person.pk:
        return YES
    return may_answer_as_leader(person, request, at)


def may_throw_away(person: Person, request: LeaderRequest) -> Verdict:
    if request.state != _State.DRAFT:
        return no("It has been sent. You can take it back instead.")
    return may_carry_on(person, request)


def runs_cohort_of(person: Person, worker: Person) -> bool:
    """Programme staff of a cohort the worker is in; any programme staff for a worker in none."""
    memberships = Membership.objects.filter(person=worker)
    if memberships.filter(cohort__in=person.reach.run_cohorts).exists():
        return True
    return person.reach.is_programme_staff and not memberships.exists()


def deputy_for(person: Person, principal: Person | None) -> Person | None:
    """Whose decision it is when `person` takes it for somebody else; both names are shown."""
    return principal if principal is not None and principal.pk != person.pk else None


def leaders_circle(request: LeaderRequest, day: date) -> list[Person]:
    """The leader's account, if there is one, and who deputises that day."""
    person = request.leader.person
    if person is None or not person.is_active:
        return []
    deputies = Person.objects.here().filter(
        deputises__in=Deputyship.objects.on(day).filter(person=person)
    )
    return [person, *deputies.exclude(pk=request.worker_id)]


def _deputises(person: Person, principal: Person, at: datetime) -> bool:
    return is_deputy_for(person, principal.pk, timezone.localdate(at))


def _staff_may_step_in(person: Person, request: LeaderRequest, at: datetime, *, gone: bool) -> bool:
    waits_on_others = request.state in (_State.AWAITING_MANAGER, _State.AWAITING_LEADER)
    late = waits_on_others and is_long_overdue(request.waiting_since, at)
    return (late or gone) and runs_cohort_of(person, request.worker)
