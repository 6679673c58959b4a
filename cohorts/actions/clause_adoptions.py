"""Which employer wrote which clause into which job: written down, confirmed, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.line_managers import employer_of, managers_of_job
from cohorts.models import ClauseAdoption, Organisation, Person, RoleClause, RoleStatement
from cohorts.policy.roles import may_confirm, may_take_off, may_write_down
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

MOST_ASKED = 10
AS_AGREED = "Taken over as worker and manager agreed it, version {}."


@transaction.atomic
def record(
    *,
    organisation: Organisation,
    job_title: str,
    clause: RoleClause,
    words: str,
    since: date,
    evidence_link: str,
    evidence: str,
    by: Person,
    at: datetime,
    tells: bool = True,
    besides: Sequence[Person] = (),
) -> ClauseAdoption:
    """Anybody here may. It says that it is not confirmed until somebody of that employer has; those who
    manage somebody in that job there are asked, and `besides` told, unless one of many was told of already
    (`tells`)."""
    with clashes_in_words(ClauseAdoption):
        adoption = ClauseAdoption.objects.create(
            organisation=organisation,
            job_title=job_title,
            clause=clause,
            words=words,
            since=since,
            evidence_link=evidence_link,
            evidence=evidence,
            recorded_by=by,
            recorded_at=at,
        )
    managers = managers_of_job(job_title, organisation).exclude(pk=by.pk)
    told = [*managers.order_by("pk")[:MOST_ASKED], *besides] if tells else []
    activity.record(events.ADOPTION_RECORDED, actor=by, target=adoption, at=at, notify=told)
    return adoption


@transaction.atomic
def record_section(
    *, statement: RoleStatement, since: date, by: Person, at: datetime
) -> list[ClauseAdoption]:
    """The employer put an agreed section into the job description as it is: an adoption for each of its
    clauses, in its words. What was written down for that job before is left as it is.

    Raises ValidationError when there is nothing to write down, or no employer."""
    statement = RoleStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    may_write_down(by, statement).require()
    if not statement.may_be_adopted:
        raise WrongState("Only an agreed section for a job description is written down as a whole.")
    employer = employer_of(statement.worker)
    if employer is None:
        raise ValidationError(
            f"{statement.worker} has no employer here now. Write it down by hand."
        )
    lines = list(statement.not_written_down_at(employer).select_related("clause"))
    if not lines:
        raise ValidationError("All of this is written down for that job already.")
    given: dict[str, Any] = {
        "organisation": employer,
        "job_title": statement.job_title,
        "since": since,
    }
    given |= {"evidence_link": "", "evidence": AS_AGREED.format(statement.version)}
    given["besides"] = [] if statement.worker_id == by.pk else [statement.worker]
    return [
        record(**given, clause=line.clause, words=line.words, by=by, at=at, tells=not number)
        for number, line in enumerate(lines)
    ]


@transaction.atomic
def confirm_job(*, adoption: ClauseAdoption, by: Person, at: datetime) -> int:
    """All that one person wrote down of one job, and nobody has confirmed. How many there were.
    Raises WrongState for none."""
    rest = ClauseAdoption.objects.unconfirmed_beside(adoption).order_by("pk")
    found = list(rest.select_for_update(of=("self",)).for_list()) or [adoption]
    for number, one in enumerate(found):
        confirm(adoption=one, by=by, at=at, tells=not number)
    return len(found)


@transaction.atomic
def confirm(
    *, adoption: ClauseAdoption, by: Person, at: datetime, tells: bool = True
) -> ClauseAdoption:
    """Raises WrongState when it is confirmed already."""
    adoption = _locked(adoption)
    may_confirm(by, adoption).require()
    adoption.confirm(by=by, at=at)
    adoption.save()
    who = adoption.recorded_by
    told = [who] if tells and who.is_active else []
    activity.record(events.ADOPTION_CONFIRMED, actor=by, target=adoption, at=at, notify=told)
    return adoption


@transaction.atomic
def take_off(*, adoption: ClauseAdoption, by: Person, at: datetime) -> None:
    adoption = _locked(adoption)
    may_take_off(by, adoption).require()
    activity.record(events.ADOPTION_TAKEN_OFF, actor=by, target=adoption, at=at)
    adoption.delete()


def _locked(adoption: ClauseAdoption) -> ClauseAdoption:
    ClauseAdoption.objects.select_for_update().only("pk").get(pk=adoption.pk)
    return ClauseAdoption.objects.for_list().get(pk=adoption.pk)
