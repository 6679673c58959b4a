"""Check-ins and roles, in whatever state a test needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cohorts import check_in_letters
from cohorts.models import (
    ClauseAdoption,
    Membership,
    Organisation,
    Person,
    RoleCheckIn,
    RoleClause,
    RoleLine,
    RoleStatement,
)
from systemschangers.kernel import signed_links


def make_check_in(place: Membership, moment: int, at: datetime, **own: Any) -> RoleCheckIn:
    """Asked at that moment; answered then too when `own` says where."""
    if "where" in own:
        own = {"answered_at": at, "in_a_year": "unsaid"} | own
    return RoleCheckIn.objects.create(membership=place, moment=moment, asked_at=at, **own)


def link_to(check_in: RoleCheckIn, at: datetime) -> str:
    """The token of the link that a letter would carry."""
    person = check_in.membership.person
    return signed_links.issue(
        check_in_letters.ANSWER,
        check_in,
        email=person.email,
        name=person.name,
        person=person,
        at=at,
    )


def make_adoption(
    organisation: Organisation, by: Person, at: datetime, state: str = "recorded", **own: Any
) -> ClauseAdoption:
    """Written down by `by`; a confirmed one needs `confirmed_by`."""
    given: dict[str, Any] = {
        "job_title": "Outreach worker",
        "clause": own.pop("clause", None) or RoleClause.objects.in_library().earliest("pk"),
        "words": "Meets other services each quarter.",
        "since": at.date(),
        "evidence": "The advert on the staff pages.",
    }
    if state == "confirmed":
        own.setdefault("confirmed_at", at)
    return ClauseAdoption.objects.create(
        organisation=organisation,
        recorded_by=by,
        recorded_at=at,
        state=state,
        **given | own,
    )


def make_statement(
    worker: Person, manager: Person | None, at: datetime, state: str = "draft", **own: Any
) -> RoleStatement:
    """Two clauses, of the conditions 1 and 2; decided by the manager when its state says so."""
    given: dict[str, Any] = {"job_title": "Outreach worker", "made_at": at}
    if state != "draft":
        given |= {"manager": manager, "proposed_at": at}
    if state in ("talk", "agreed", "replaced"):
        given |= {"decided_by": manager, "decided_at": at, "answer": "As we said."}
    made = RoleStatement.objects.create(worker=worker, state=state, **given | own)
    library = RoleClause.objects.in_library()
    for condition, words in ((1, "Meets other services each quarter."), (2, "May ask leaders.")):
        clause = library.filter(condition=condition).earliest("pk")
        RoleLine.objects.create(statement=made, clause=clause, words=words)
    return made


def role_scene(world: Any, now: datetime) -> dict[str, Any]:
    """For the scene: a check-in that waits for Ana, and the link in her letter; a draft of hers, a role
    that waits for Mo, and two versions of one that were agreed."""
    check_in = make_check_in(world.ana.memberships.get(), 6, now)
    first = make_statement(world.ana, world.mo, now, "replaced")
    second = make_statement(
        world.ana, world.mo, now, "agreed", series=first.series, version=2, kind="job"
    )
    second.lines.update(words="Meets other services each month.")
    return {
        "statement_draft": make_statement(world.ana, world.mo, now).pk,
        "statement": make_statement(world.ana, world.mo, now, "proposed").pk,
        "statement_agreed": second.pk,
        "check_in": check_in.pk,
        "check_in_token": link_to(check_in, now),
        "role_clause": RoleClause.objects.in_library().earliest("pk").pk,
        "adoption": make_adoption(world.council, world.cas, now).pk,
    }
