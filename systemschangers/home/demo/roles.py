"""Roles of the demo: what workers wrote of theirs, what employers wrote into jobs, and who stayed.

Nothing here is left to chance: a worker's place in the list says what happened to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cohorts import events
from cohorts.check_ins_due import months_before
from cohorts.models import (
    ClauseAdoption,
    Membership,
    Person,
    RoleCheckIn,
    RoleClause,
    RoleLine,
    RoleStatement,
)
from cohorts.stay_rates import months_after

from .permission import Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle

if TYPE_CHECKING:
    from .loading import Ground

State = RoleStatement.State
Where = RoleCheckIn.Where
PURPOSE = (
    "To be there for people who sleep outside, and to change with others what keeps them there."
)
TALK = "The clause on leaders is good. Who takes the late phone that day? Let us look at the rota."
FITTED = (
    "Meets workers of the hostel and the ward once a month, in working time, and brings one thing "
    "back to the team meeting."
)
# Of Ana's first version: it says quarter where the second says month.
FIRST = FITTED.replace("once a month", "once a quarter")
# (employer by turn, job, condition, days ago, confirmed).
JOBS = (
    (0, "Outreach worker", 1, 210, True),
    (0, "Outreach manager", 9, 150, True),
    (1, "Hostel worker", 12, 96, True),
    (2, "Support worker", 8, 40, False),
)
# What people said, one after the other. Most stay; some do not say.
ANSWERS = (
    (Where.SAME, "staying", "The team, and being let out of the building once a month."),
    (Where.SAME, "staying", "I can see that something moves. That keeps me."),
    (Where.ELSEWHERE, "staying", "I went where the hours are kept free. Same work, other door."),
    (Where.SAME, "unsure", "The work is why I stay. The pay is why I look at adverts."),
    (Where.SAME, "staying", "My manager asks what I saw. Nobody had asked before."),
    (Where.UNSAID, "unsaid", ""),
    (Where.INFLUENCING, "going", "I wanted to change the form itself, so I went where it is made."),
    (Where.SAME, "staying", "I know whom to ring now. It is less lonely."),
)


def write_roles(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    workers = workers_of(plan, ground)
    _statements(workers, plan, chronicle)
    _jobs(plan, ground, chronicle)
    _check_ins(plan)


def _statements(workers: list[Worker], plan: Plan, chronicle: Chronicle) -> None:
    """Ana has two versions that were agreed; then one waits, one is talked through, one is a draft."""
    ana = workers[0]
    first = _statement(ana, State.REPLACED, 160, plan, chronicle, (1, 2, 9))
    second = _statement(
        ana, State.AGREED, 30, plan, chronicle, (1, 2, 8, 12), series=first.series, version=2
    )
    for one, words in ((first, FIRST), (second, FITTED)):
        RoleLine.objects.filter(statement=one, clause__condition=1).update(words=words)
    of_mo = [one for one in workers[1:] if one[1] == ana[1]]
    others = [*of_mo, *(one for one in workers[1:] if one not in of_mo)]
    for worker, state in zip(others, (State.PROPOSED, State.TALK, State.DRAFT), strict=False):
        _statement(worker, state, 4, plan, chronicle, (1, 7, 12))


def _statement(
    worker: Worker, state: str, days: int, plan: Plan, chronicle: Chronicle,
    conditions: tuple[int, ...], **own: object,
) -> RoleStatement:  # fmt: skip
    person, manager, _ = worker
    at = slot(plan.now, -days, 11)
    proposed, decided = at + timedelta(hours=1), at + timedelta(hours=4)
    given: dict[str, object] = {}
    if state != State.DRAFT:
        given |= {"manager": manager, "proposed_at": proposed}
    if state in (State.TALK, State.AGREED, State.REPLACED):
        given |= {"decided_by": manager, "decided_at": decided}
        given["answer"] = TALK if state == State.TALK else ""
    it = RoleStatement.objects.create(
        worker=person, job_title=_job_of(person), purpose=PURPOSE, state=state, made_at=at,
        **given, **own,
    )  # fmt: skip
    RoleLine.objects.bulk_create(
        RoleLine(statement=it, clause=clause, words=clause.words)
        for clause in map(_clause, conditions)
    )
    chronicle.record(events.STATEMENT_BEGUN, person, it, at)
    if state != State.DRAFT:
        chronicle.record(events.STATEMENT_PROPOSED, person, it, proposed, [manager])
    if state == State.TALK:
        chronicle.record(events.STATEMENT_TALK, manager, it, decided, [person])
    if state in (State.AGREED, State.REPLACED):
        chronicle.record(events.STATEMENT_AGREED, manager, it, decided, [person])
    return it


def _job_of(person: Person) -> str:
    return person.posts.current().values_list("title", flat=True)[0]  # type: ignore[attr-defined]


def _clause(condition: int) -> RoleClause:
    return RoleClause.objects.in_library().filter(condition=condition).earliest("pk")


def _jobs(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    staff = ground.people["Cas Mendes"]
    employers = list(ground.organisations.values())
    for turn, job, condition, days, confirmed in JOBS:
        employer, at = employers[turn % len(employers)], slot(plan.now, -days, 15)
        theirs = Person.objects.here().filter(
            posts__service__organisation=employer, posts__ended=None
        )
        who = theirs.exclude(pk=staff.pk).order_by("name").first()
        by = {"state": "confirmed", "confirmed_by": who, "confirmed_at": at + timedelta(days=2)}
        clause = _clause(condition)
        it = ClauseAdoption.objects.create(
            organisation=employer, job_title=job, clause=clause, words=clause.words,
            since=timezone.localdate(at) - timedelta(days=9),
            evidence="The job description on the staff pages.",
            recorded_by=staff, recorded_at=at, **by if confirmed and who else {},
        )  # fmt: skip
        chronicle.record(events.ADOPTION_RECORDED, staff, it, at)
        if it.confirmed_by:
            when = at + timedelta(days=2)
            chronicle.record(events.ADOPTION_CONFIRMED, it.confirmed_by, it, when, [staff])


def _check_ins(plan: Plan) -> None:
    """At each moment that has come for a place; every sixth person did not answer."""
    today = timezone.localdate(plan.now)
    places = Membership.objects.filter(
        role=Membership.Role.PARTICIPANT,
        state__in=[Membership.State.ACTIVE, Membership.State.PAUSED, Membership.State.ALUMNI],
    )
    rows = []
    for turn, place in enumerate(
        places.select_related("cohort", "person").order_by("cohort__starts", "person__name")
    ):
        begun = max(place.cohort.starts, timezone.localdate(place.joined_at))
        for moment in RoleCheckIn.Moment.values:
            if begun > months_before(today, moment) or not place.person.is_active:
                continue
            days = (today - months_after(begun, moment)).days
            rows.append(_check_in(place, moment, slot(plan.now, -days, 9), turn))
    RoleCheckIn.objects.bulk_create(rows)


def _check_in(place: Membership, moment: int, at, turn: int) -> RoleCheckIn:
    it = RoleCheckIn(membership=place, moment=moment, asked_at=at)
    if (turn + moment // 6) % 6 == 5:
        return it
    where, in_a_year, words = ANSWERS[turn % len(ANSWERS) if moment else 0]
    here = where in RoleCheckIn.ON_THE_FRONTLINE
    it.tell(
        where=where, in_a_year=in_a_year, words=words if moment else "",
        may_show=here and turn % 3 != 2, at=at + timedelta(hours=5),
    )  # fmt: skip
    return it
