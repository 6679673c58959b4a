"""Role statements: built, proposed, agreed or talked through, and made anew as the next version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import events
from cohorts.line_managers import line_manager_of
from cohorts.models import Person, RoleLine, RoleStatement
from cohorts.policy import deciders_for
from cohorts.policy.roles import may_decide_statement, may_propose_statement, may_write
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import Step, WrongState


@transaction.atomic
def begin(
    *, kind: str, job_title: str, purpose: str, lines: Mapping[int, str], by: Person, at: datetime
) -> RoleStatement:
    """A draft that only `by` sees. `lines`: words by the key of their clause."""
    statement = RoleStatement.objects.create(
        worker=by, kind=kind, job_title=job_title, purpose=purpose, made_at=at
    )
    _write(statement, lines)
    activity.record(events.STATEMENT_BEGUN, actor=by, target=statement, at=at)
    return statement


@transaction.atomic
def change(
    *,
    statement: RoleStatement,
    kind: str,
    job_title: str,
    purpose: str,
    lines: Mapping[int, str],
    edition: int,
    by: Person,
    at: datetime,
) -> RoleStatement:
    """Raises WrongState once it is proposed, ValidationError when it was changed since `edition`."""
    statement = _locked(statement)
    may_write(by, statement).require()
    if not statement.is_editable:
        raise WrongState(f"This is “{statement.get_state_display()}”. Take it back to change it.")
    if statement.edition != edition:
        raise ValidationError("You changed this meanwhile, in another window. Look at it again.")
    statement.kind, statement.job_title, statement.purpose = kind, job_title, purpose
    statement.edition += 1
    statement.save()
    _write(statement, lines)
    activity.record(events.STATEMENT_CHANGED, actor=by, target=statement, at=at)
    return statement


@transaction.atomic
def throw_away(*, statement: RoleStatement, by: Person, at: datetime) -> None:
    statement = _locked(statement)
    may_write(by, statement).require()
    if statement.state != RoleStatement.State.DRAFT:
        raise WrongState("Only a draft can be thrown away.")
    activity.record(events.STATEMENT_THROWN_AWAY, actor=by, target=statement, at=at)
    statement.delete()


@transaction.atomic
def propose(*, statement: RoleStatement, by: Person, at: datetime) -> RoleStatement:
    """To one's line manager of today."""
    statement = _locked(statement)
    may_propose_statement(by, statement).require()
    statement.propose(manager=line_manager_of(by), at=at)
    statement.save()
    return _record(events.STATEMENT_PROPOSED, statement, by, at, _deciders(statement, at))


@transaction.atomic
def take_back(*, statement: RoleStatement, by: Person, at: datetime) -> RoleStatement:
    statement = _locked(statement)
    may_write(by, statement).require()
    statement.take_back()
    statement.save()
    return _record(events.STATEMENT_TAKEN_BACK, statement, by, at, [])


@transaction.atomic
def agree(
    *, statement: RoleStatement, words: str, edition: int, by: Person, at: datetime
) -> RoleStatement:
    """The manager's, or today's deputy's, yes. The version agreed before is replaced, and kept.

    Raises ValidationError when the words were changed since `edition`, which they read."""
    statement = _locked(statement)
    may_decide_statement(by, statement, at).require()
    _insist_undecided(statement, RoleStatement.AGREE)
    _insist_read(statement, edition)
    agreed = RoleStatement.objects.filter(series=statement.series, state=RoleStatement.State.AGREED)
    for older in agreed.select_for_update():
        older.replace()
        older.save(update_fields=["state"])
        activity.record(events.STATEMENT_REPLACED, actor=by, target=older, at=at)
    statement.agree(by=by, on_behalf_of=_deputised(statement, by), at=at, words=words)
    statement.save()
    return _record(events.STATEMENT_AGREED, statement, by, at, _told(statement))


@transaction.atomic
def talk_through(
    *, statement: RoleStatement, words: str, edition: int, by: Person, at: datetime
) -> RoleStatement:
    """Not yet. Raises ValidationError without words, and for words that have changed meanwhile."""
    statement = _locked(statement)
    may_decide_statement(by, statement, at).require()
    _insist_undecided(statement, RoleStatement.TALK_THROUGH)
    _insist_read(statement, edition)
    if not words.strip():
        raise ValidationError({"words": "Say what needs talking through. A sentence is enough."})
    statement.talk_through(by=by, on_behalf_of=_deputised(statement, by), at=at, words=words)
    statement.save()
    return _record(events.STATEMENT_TALK, statement, by, at, _told(statement))


@transaction.atomic
def begin_next(*, statement: RoleStatement, by: Person, at: datetime) -> RoleStatement:
    """A draft of the next version, with the same words to begin with; the agreed one stands meanwhile.

    Raises ValidationError when one is in the making."""
    statement = _locked(statement)
    may_write(by, statement).require()
    if statement.state != RoleStatement.State.AGREED:
        raise WrongState("Only what is agreed gets a next version.")
    if RoleStatement.objects.in_the_making().filter(series=statement.series).exists():
        raise ValidationError("There is a newer version in the making. Go on with that one.")
    draft = RoleStatement.objects.create(
        worker=by,
        kind=statement.kind,
        job_title=statement.job_title,
        purpose=statement.purpose,
        series=statement.series,
        version=statement.version + 1,
        made_at=at,
    )
    _write(draft, dict(statement.lines.values_list("clause", "words")))
    activity.record(events.STATEMENT_BEGUN, actor=by, target=draft, at=at)
    return draft


def _write(statement: RoleStatement, lines: Mapping[int, str]) -> None:
    statement.lines.all().delete()
    RoleLine.objects.bulk_create(
        RoleLine(statement=statement, clause_id=clause, words=words)
        for clause, words in lines.items()
    )


def _locked(statement: RoleStatement) -> RoleStatement:
    RoleStatement.objects.select_for_update().only("pk").get(pk=statement.pk)
    return RoleStatement.objects.for_list().get(pk=statement.pk)


def _deputised(statement: RoleStatement, by: Person) -> Person | None:
    return None if by.pk == statement.manager_id else statement.manager


def _deciders(statement: RoleStatement, at: datetime) -> list[Person]:
    people = deciders_for(statement.manager, timezone.localdate(at))
    return [person for person in people if person.pk != statement.worker_id]


def _told(statement: RoleStatement) -> list[Person]:
    """The worker; and the manager, when a deputy decided."""
    people = [statement.worker, statement.manager if statement.decided_for_id else None]
    return [person for person in people if person is not None and person.is_active]


def _insist_undecided(statement: RoleStatement, step: Step) -> None:
    """Raises WrongState in words that name who was quicker."""
    if statement.state in step.sources:
        return
    if statement.decided_by_id is None:
        raise WrongState(f"{statement.worker} has taken this back.")
    said = "asked to talk this through" if statement.state == "talk" else "agreed to this"
    raise WrongState(f"{statement.decider} has already {said}.")


def _insist_read(statement: RoleStatement, edition: int) -> None:
    if statement.edition != edition:
        raise ValidationError(
            f"{statement.worker} changed the words meanwhile. Read them again, then decide."
        )


def _record(
    verb: str, statement: RoleStatement, by: Person, at: datetime, notify: list[Person]
) -> RoleStatement:
    activity.record(verb, actor=by, target=statement, at=at, notify=notify)
    return statement
