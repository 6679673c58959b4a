from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cohorts.models import Leader, Person
from labs import receipts
from labs.actions.barriers import held, keeping
from labs.models import Barrier, HandedDecision, SameHere
from labs.models.barrier_answers import monday_of

from .leader_requests import make_leader

_numbers = count(1)
SHOWN = date(2026, 1, 12)
S = Barrier.State


def make_barrier(
    by: Person | None, what: str = "The form asks for an address.", **fields
) -> Barrier:
    """One in any state, as it looks when it has come there. Without a person: an anonymous one, whose
    receipt is its `code`."""
    state = fields.pop("state", S.RAISED)
    shown_on = fields.pop("shown_on", SHOWN)
    way = fields.pop("way", "named" if by else "anonymous")
    own: dict[str, Any] = {}
    if state == S.PROMISED:
        own = {"due_on": shown_on + timedelta(days=60)}
    if state in (S.CHANGED, S.FIXED):
        own = {"changed_on": shown_on, "asked_on": shown_on + timedelta(weeks=4)}
    if state == S.DUPLICATE:
        own = {"duplicate_of": make_barrier(by, "The other one."), "before_merge": "raised"}
    code = receipts.draw()
    if by is None:
        own |= {"receipt_hash": receipts.digest(code)}
    service = by.posts.filter(ended=None).first().service if by and by.posts.exists() else None
    given = {
        "what": what,
        "way": way,
        "raised_by": by,
        "service": service,
        "state": state,
        "shown_on": shown_on,
        "week": monday_of(shown_on),
    }
    barrier = Barrier.objects.create(**given | own | fields)
    if way == "hidden" and by:
        barrier.hidden_from.set(keeping.organisations_of(by))
    barrier.code = code
    return barrier


def hold_some(number: int, at: datetime, what: str = "Nobody answers the phone.") -> list[str]:
    """Anonymous barriers that are held back; their receipts."""
    return [
        held.hold(answers=answers(f"{what} ({next(_numbers)})"), key="", at=at)
        for _ in range(number)
    ]


def answers(what: str, **more: Any) -> dict[str, Any]:
    return {"what": what, **more}


def say_same(barrier: Barrier, person: Person, words: str = "With us as well.") -> SameHere:
    return SameHere.objects.create(
        barrier=barrier,
        person=person,
        service_id=person.reach.services[0],
        words=words,
        said_at=timezone.now(),
    )


def hand_down(barrier: Barrier, leader: Leader, service: Any, **fields: Any) -> HandedDecision:
    return HandedDecision.objects.create(
        barrier=barrier,
        leader=leader,
        service=service,
        decision=fields.pop("decision", "You may accept a hostel address."),
        limits=fields.pop("limits", "For people who sleep out; tell me each month how many."),
        handed_at=fields.pop("handed_at", timezone.now()),
        **fields,
    )


def barrier_scene(world: Any) -> dict[str, int]:
    """For tests that walk every address: one of each thing, by the scene’s names."""
    lee = Leader.objects.get(person=world.lee)
    asked = make_barrier(world.ana, leader=lee)
    say_same(asked, world.zed)
    hidden = make_barrier(world.ana, "My manager’s habit.", way="hidden")
    merged = make_barrier(
        world.zed,
        "The address again.",
        state=S.DUPLICATE,
        duplicate_of=asked,
        before_merge="raised",
    )
    changed = make_barrier(
        world.ana, "A letter by post only.", state=S.CHANGED, leader=make_leader()
    )
    aside = make_barrier(world.ana, "It named somebody.", state=S.SET_ASIDE)
    return {
        "barrier": asked.pk,
        "barrier_hidden": hidden.pk,
        "barrier_merged": merged.pk,
        "barrier_changed": changed.pk,
        "barrier_aside": aside.pk,
        "handed": hand_down(asked, lee, world.outreach).pk,
    }
