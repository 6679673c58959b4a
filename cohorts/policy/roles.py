"""Who may do what with the clause library, role statements and adoptions."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.line_managers import is_deputy_for
from cohorts.models import ClauseAdoption, Person, Post, RoleClause, RoleStatement
from systemschangers.kernel.policy import YES, Verdict, no

from .decisions import may_ask_manager


def may_keep_library(person: Person) -> Verdict:
    if person.reach.is_programme_staff:
        return YES
    return no(
        "Only programme staff add to the clause library or change it. Tell them what is missing."
    )


def may_change_clause(person: Person, clause: RoleClause) -> Verdict:
    """`clause` comes with `reworded_as`."""
    if clause.is_past:
        return no("This clause has been reworded or retired, so it stays as it was.")
    return may_keep_library(person)


def may_write(person: Person, statement: RoleStatement) -> Verdict:
    if statement.worker_id != person.pk:
        return no(f"Only {statement.worker} can change this.")
    return YES


def may_propose_statement(person: Person, statement: RoleStatement) -> Verdict:
    """There has to be somebody to propose it to, and something to propose."""
    verdict = may_write(person, statement)
    if verdict and not statement.lines.exists():
        return no("There is no clause in it yet. Pick one at least, then propose it.")
    return may_ask_manager(person) if verdict else verdict


def may_decide_statement(person: Person, statement: RoleStatement, at: datetime) -> Verdict:
    """The manager or today's deputy; nobody agrees with themselves."""
    if statement.worker_id == person.pk:
        return no(f"Nobody agrees with themselves. {statement.manager} decides this.")
    manager = statement.manager_id
    if manager is not None and (
        manager == person.pk or is_deputy_for(person, manager, timezone.localdate(at))
    ):
        return YES
    return no(f"{statement.manager} decides this, or a deputy while away.")


def may_write_down(person: Person, statement: RoleStatement) -> Verdict:
    """That the employer put an agreed section into the job description: who agreed it."""
    if person.pk in (statement.worker_id, statement.manager_id):
        return YES
    return no(
        f"Only {statement.worker} and {statement.manager} write this section down as a whole."
    )


def may_confirm(person: Person, adoption: ClauseAdoption) -> Verdict:
    """Somebody who works for that employer, and did not write it down here themselves."""
    if adoption.recorded_by_id == person.pk:
        return no("You wrote this down. Somebody else of that employer confirms it.")
    own = Post.objects.current().filter(
        person=person, service__organisation=adoption.organisation_id
    )
    if own.exists():
        return YES
    return no(f"Only people who work for {adoption.organisation} can confirm this.")


def may_take_off(person: Person, adoption: ClauseAdoption) -> Verdict:
    if adoption.recorded_by_id == person.pk or person.reach.is_programme_staff:
        return YES
    return no(f"Only {adoption.recorded_by} or programme staff can take this off the page.")
