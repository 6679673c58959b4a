"""Roles of the demo: what workers wrote of theirs with their managers, and what employers wrote into jobs.

Nothing here is left to chance: a worker's place in the list says what happened to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts import events
from cohorts.line_managers import managers_of_job
from cohorts.models import ClauseAdoption, Person, Post, RoleClause, RoleLine, RoleStatement

from .permission import Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .staying import write_check_ins
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

State = RoleStatement.State
DECIDED = (State.TALK, State.AGREED, State.REPLACED)


def write_roles(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    words = read("roles")
    clauses = _library()
    _statements(words["statements"], clauses, plan, workers_of(plan, ground), chronicle)
    _jobs(words["jobs"], clauses, plan, ground, chronicle)
    write_check_ins(plan)


def _library() -> dict[int, list[RoleClause]]:
    """The clauses by the condition they serve."""
    found: dict[int, list[RoleClause]] = {}
    for clause in RoleClause.objects.in_library().order_by("condition", "pk"):
        found.setdefault(clause.condition, []).append(clause)
    return found


def _statements(
    words: list[dict[str, Any]],
    clauses: dict[int, list[RoleClause]],
    plan: Plan,
    workers: list[Worker],
    chronicle: Chronicle,
) -> None:
    """Ana's first was agreed, and replaced by her second; then others, in every state."""
    people = [person for person, *_ in workers]
    current = Post.objects.current().filter(person__in=people).select_related("service")
    posts = {post.person_id: post for post in current}
    free = list(workers)
    earlier: list[tuple[Worker, RoleStatement]] = []
    for one in words:
        if one.get("next"):
            worker, older = earlier[-1]
            it = _statement(
                one, worker, posts[worker[0].pk].title, clauses, plan.now, chronicle, older
            )
            chronicle.record(events.STATEMENT_REPLACED, worker[1], older, _at(one, plan.now))
        elif of_team := [w for w in free if posts[w[0].pk].service.name == one["team"]]:
            worker = of_team[0]
            free.remove(worker)
            it = _statement(one, worker, posts[worker[0].pk].title, clauses, plan.now, chronicle)
            earlier.append((worker, it))


def _at(one: dict[str, Any], now: datetime) -> datetime:
    return slot(now, -one["days"], 11)


def _statement(
    one: dict[str, Any],
    worker: Worker,
    title: str,
    clauses: dict[int, list[RoleClause]],
    now: datetime,
    chronicle: Chronicle,
    older: RoleStatement | None = None,
) -> RoleStatement:
    person, manager, _ = worker
    state, at = one["state"], _at(one, now)
    proposed, decided = at + timedelta(hours=1), at + timedelta(hours=4)
    given: dict[str, Any] = {}
    if older is not None:
        given = {"series": older.series, "version": older.version + 1}
    if state != State.DRAFT:
        given |= {"manager": manager, "proposed_at": proposed}
    if state in DECIDED:
        given |= {"decided_by": manager, "decided_at": decided, "answer": one["answer"]}
    it = RoleStatement.objects.create(
        worker=person, kind=one.get("kind", "role"), job_title=title,
        purpose=one["purpose"], state=state, made_at=at, **given,
    )  # fmt: skip
    fitted = one.get("fitted", {})
    RoleLine.objects.bulk_create(
        RoleLine(statement=it, clause=clause, words=fitted.get(str(number), clause.words))
        for number, clause in ((number, clauses[number][0]) for number in one["conditions"])
    )
    chronicle.record(events.STATEMENT_BEGUN, person, it, at)
    if state != State.DRAFT:
        chronicle.record(events.STATEMENT_PROPOSED, person, it, proposed, [manager])
    if state in DECIDED:
        verb = events.STATEMENT_TALK if state == State.TALK else events.STATEMENT_AGREED
        chronicle.record(verb, manager, it, decided, [person])
    return it


def _jobs(
    words: list[dict[str, Any]],
    clauses: dict[int, list[RoleClause]],
    plan: Plan,
    ground: Ground,
    chronicle: Chronicle,
) -> None:
    """Programme staff wrote them down; who decides there confirmed most of them a few days later."""
    staff = ground.people["Cas Mendes"]
    today = timezone.localdate(plan.now)
    for turn, one in enumerate(words):
        employer = ground.organisations[one["employer"]]
        clause = clauses[one["condition"]][1 if one.get("second") else 0]
        at = slot(plan.now, -(one["since"] - 9 if one["since"] > 20 else 1), 15)
        who = _who_confirms(employer, turn) if one["confirmed"] else None
        when = at + timedelta(days=2 + turn % 3)
        confirmed = {"state": "confirmed", "confirmed_by": who, "confirmed_at": when}
        it = ClauseAdoption.objects.create(
            organisation=employer, job_title=one["job"], clause=clause,
            words=one.get("words", clause.words), since=today - timedelta(days=one["since"]),
            evidence=one["how"], recorded_by=staff, recorded_at=at, **confirmed if who else {},
        )  # fmt: skip
        asked = managers_of_job(it.job_title, employer)
        chronicle.record(events.ADOPTION_RECORDED, staff, it, at, asked)
        if who:
            chronicle.record(events.ADOPTION_CONFIRMED, who, it, when, [staff])


def _who_confirms(employer, turn: int) -> Person | None:
    """One of those who manage or lead there."""
    there = Person.objects.here().filter(
        posts__service__organisation=employer,
        posts__ended=None,
        posts__kind__in=["manager", "leader"],
    )
    people = list(there.order_by("name").distinct())
    return people[turn % len(people)] if people else None
