"""Which employer wrote which clause into which job: written down, confirmed, taken off."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.line_managers import managers_of_job
from cohorts.models import ClauseAdoption, Organisation, Person, RoleClause
from cohorts.policy.roles import may_confirm, may_take_off
from systemschangers.kernel import activity

MOST_ASKED = 10


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
) -> ClauseAdoption:
    """Anybody here may. It says that it is not confirmed until somebody of that employer has; those who
    manage somebody in that job there are asked."""
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
    told = managers.order_by("pk")[:MOST_ASKED]
    activity.record(events.ADOPTION_RECORDED, actor=by, target=adoption, at=at, notify=told)
    return adoption


@transaction.atomic
def confirm(*, adoption: ClauseAdoption, by: Person, at: datetime) -> ClauseAdoption:
    """Raises WrongState when it is confirmed already."""
    adoption = _locked(adoption)
    may_confirm(by, adoption).require()
    adoption.confirm(by=by, at=at)
    adoption.save()
    who = adoption.recorded_by
    told = [who] if who.is_active else []
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
