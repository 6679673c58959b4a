from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from cohorts.models import Commitment, Leader, LeaderRequest, OfferedDate, Organisation, Person
from systemschangers.kernel.models import Letter

_numbers = count(1)
State = LeaderRequest.State
UNDECIDED = {State.DRAFT, State.AWAITING_MANAGER, State.MANAGER_ASKS}
DECLINED = {State.DECLINED_BY_MANAGER, State.SECOND_LOOK}
MET = {State.HELD, State.FOLLOWED_UP, State.CLOSED}
WITH_DATE = {State.ARRANGED, State.DID_NOT_HAPPEN, *MET}


def make_leader(person: Person | None = None, **fields: Any) -> Leader:
    """In the directory: an account's leader, or somebody who has none."""
    number = next(_numbers)
    name = fields.pop("name", person.name if person else f"Leader {number:03}")
    return Leader.objects.create(
        person=person,
        name=name,
        email=fields.pop("email", person.email if person else f"leader{number}@example.org"),
        portfolio=fields.pop("portfolio", "lead for homelessness"),
        organisation=fields.pop("organisation", None)
        or Organisation.objects.order_by("pk").first(),
        **fields,
    )


def make_leader_request(
    worker: Person, leader: Leader, manager: Person, at: datetime, **fields: Any
) -> LeaderRequest:
    """One in any state, as it looks when it has come there: decided, reached, dated, with its time."""
    from cohorts.actions.leader_requests import keeping

    state = fields.pop("state", State.AWAITING_MANAGER)
    decided = fields.pop("decided_by", manager) if state not in UNDECIDED else None
    before = at - timedelta(hours=1)
    given: dict[str, Any] = {
        "purpose": "I would like to show what a missing letter does to a move-on flat.",
        "question": "Who can change the form?",
        "hours": Decimal(2),
        "made_at": before,
        "waiting_since": before,
        "manager_decided_at": before if decided else None,
        "manager_decided_by": decided,
        "ground": "cover" if state in DECLINED else "",
        "reached_leader_at": before if state not in UNDECIDED | DECLINED else None,
        "meets_at": at + timedelta(days=7) if state in WITH_DATE else None,
        "notes": "We spoke for an hour." if state in MET - {State.HELD} else "",
        "verdict": "changed" if state == State.CLOSED else "",
    } | fields
    request = LeaderRequest.objects.create(
        worker=worker, manager=manager, leader=leader, state=state, **given
    )
    if state == State.DATES_OFFERED:
        for days in (5, 6):
            OfferedDate.objects.create(
                request=request,
                starts_at=at + timedelta(days=days),
                where="Room 2",
                offered_at=before,
            )
    if state in WITH_DATE - {State.DID_NOT_HAPPEN}:
        keeping.keep_slot(request)
        if state in MET:
            keeping.slot_taken(request, at)
        request.save()
    return request


def make_commitment(request: LeaderRequest, at: datetime, **fields: Any) -> Commitment:
    return Commitment.objects.create(
        request=request,
        words=fields.pop("words", "Find out who owns the form."),
        due_on=fields.pop("due_on", (at + timedelta(days=14)).date()),
        made_at=at,
        **fields,
    )


def token_in_letter(email: str, kind: str) -> str:
    """The token of the link in the newest letter of that kind."""
    letter = Letter.objects.filter(to=email, kind=kind).latest("pk")
    return letter.text.split("/leader-links/")[1].split("/")[0]


def leader_scene(world: Any, now: datetime) -> dict[str, int]:
    """For tests that walk every address: one of each thing of leader access, by the scene’s names."""
    lee, before = make_leader(world.lee), now - timedelta(days=4)
    asked = make_leader_request(world.ana, lee, world.mo, now, state=State.AWAITING_LEADER)
    told = make_leader_request(
        world.ana, lee, world.mo, now, state=State.FOLLOWED_UP, meets_at=before
    )
    draft = make_leader_request(world.ana, lee, world.mo, now, state=State.DRAFT)
    return {
        "leader": make_leader().pk,
        "leader_request": asked.pk,
        "leader_draft": draft.pk,
        "commitment": make_commitment(told, now).pk,
    }
