"""The clause library: added to, reworded as a new version, retired."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts import events
from cohorts.models import Person, RoleClause
from cohorts.policy.roles import may_change_clause, may_keep_library
from systemschangers.kernel import activity


@transaction.atomic
def add(*, condition: int, level: str, words: str, by: Person, at: datetime) -> RoleClause:
    may_keep_library(by).require()
    clause = RoleClause.objects.create(
        condition=condition, level=level, words=words, made_at=at, made_by=by
    )
    activity.record(events.CLAUSE_ADDED, actor=by, target=clause, at=at)
    return clause


@transaction.atomic
def reword(*, clause: RoleClause, level: str, words: str, by: Person, at: datetime) -> RoleClause:
    """The next version. What was built or adopted with this one keeps its words."""
    clause = _locked(clause)
    may_change_clause(by, clause).require()
    newer = RoleClause.objects.create(
        condition=clause.condition,
        level=level,
        words=words,
        version=clause.version + 1,
        replaces=clause,
        made_at=at,
        made_by=by,
    )
    activity.record(events.CLAUSE_REWORDED, actor=by, target=newer, at=at)
    return newer


@transaction.atomic
def retire(*, clause: RoleClause, by: Person, at: datetime) -> RoleClause:
    clause = _locked(clause)
    may_change_clause(by, clause).require()
    clause.retire(by=by, at=at)
    clause.save(update_fields=["retired_at", "retired_by"])
    activity.record(events.CLAUSE_RETIRED, actor=by, target=clause, at=at)
    return clause


def _locked(clause: RoleClause) -> RoleClause:
    RoleClause.objects.select_for_update().only("pk").get(pk=clause.pk)
    return RoleClause.objects.for_list().get(pk=clause.pk)
