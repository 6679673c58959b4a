"""Barriers of the demo: in every state, raised in all three ways, some held back until tonight."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts.models import Leader, Person, Post
from labs import events, receipts
from labs.models import Barrier, BarrierWord, HandedDecision, HeldBarrier, SameHere
from labs.models.barrier_answers import monday_of

from .permission import Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

VERBS = {
    "looking": events.BARRIER_LOOKED_AT,
    "promised": events.BARRIER_PROMISED,
    "cannot": events.BARRIER_CANNOT,
    "changed": events.BARRIER_CHANGED,
    "confirmed": events.BARRIER_CONFIRMED,
    "picked_up": events.BARRIER_PICKED_UP,
    "merged": events.BARRIER_MERGED,
    "set_aside": events.BARRIER_SET_ASIDE,
}
BY_STAFF = {"picked_up", "merged", "set_aside"}
ANSWERS = ("what", "who_feels", "reported", "rule", "rule_cited", "power")


def write_barriers(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    told = read("barriers")
    workers = workers_of(plan, ground)
    leaders = list(Leader.objects.select_related("person").order_by("pk"))
    today = timezone.localdate(plan.now)
    rows: list[Barrier] = []
    for one in told["barrier"]:
        rows.append(_barrier(one, workers, leaders, rows, ground, today))
        _hide(rows[-1])
    staff = ground.people["Cas Mendes"]
    services = {person.pk: _service_of(person) for person, *_ in workers}
    for place, (one, row) in enumerate(zip(told["barrier"], rows, strict=True)):
        fellows = _same(one, row, workers, services, place, plan, chronicle)
        _said(one, row, fellows, staff, plan, chronicle)
    for one in told["handed"]:
        _handed(one, rows, leaders, ground, plan, chronicle)
    HeldBarrier.objects.bulk_create(
        HeldBarrier(
            **_answers(one),
            theme=ground.themes[one["theme"]],
            receipt_hash=receipts.digest(receipts.draw()),
            held_on=today,
            week=monday_of(today),
        )
        for one in told["held"]
    )


def _answers(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one.get(name, "") for name in ANSWERS}


def _barrier(
    one: dict[str, Any],
    workers: list[Worker],
    leaders: list[Leader],
    before: list[Barrier],
    ground: Ground,
    today: date,
) -> Barrier:
    shown_on, state = today - timedelta(days=one["days"]), one["state"]
    more: dict[str, Any] = {}
    if one["way"] == "anonymous":
        more["receipt_hash"] = receipts.digest(receipts.draw())
    else:
        more["raised_by"] = person = workers[one["who"] % len(workers)][0]
        more["service_id"] = _service_of(person)
    if state in ("changed", "fixed"):
        changed = next(days for step, days, *_ in one["said"] if step == "changed")
        more["changed_on"] = today - timedelta(days=changed)
        more["asked_on"] = more["changed_on"] + timedelta(weeks=4)
    if state == "promised":
        more["due_on"] = today + timedelta(days=one["said"][-1][3])
        more["reminded_on"] = more["due_on"] if one.get("late") else None
    if state == "duplicate":
        more |= {"duplicate_of": before[one["into"]], "before_merge": "raised"}
    return Barrier.objects.create(
        **_answers(one),
        **more,
        way=one["way"],
        state=state,
        leader=leaders[one["leader"]] if "leader" in one else None,
        theme=ground.themes[one["theme"]],
        place=ground.places.get(one.get("place", "")),
        shown_on=shown_on,
        week=monday_of(shown_on),
    )


def _service_of(person: Person) -> int | None:
    return Post.objects.current().filter(person=person).values_list("service", flat=True).first()


def _hide(row: Barrier) -> None:
    if row.way == Barrier.Way.HIDDEN and row.service:
        row.hidden_from.set([row.service.organisation_id])


def _same(
    one: dict[str, Any],
    row: Barrier,
    workers: list[Worker],
    services: dict[int, int | None],
    place: int,
    plan: Plan,
    chronicle: Chronicle,
) -> list[Person]:
    """Workers of other services than the raiser's, each once, further down the list for each barrier."""
    others = (
        person
        for person, *_ in workers[place + 1 :] + workers[: place + 1]
        if person.pk != row.raised_by_id
        and services[person.pk] not in (None, row.service_id)
        and Barrier.objects.visible_to(person).filter(pk=row.pk).exists()
    )
    fellows = list(islice(others, len(one["same"])))
    for number, (person, words) in enumerate(zip(fellows, one["same"], strict=False)):
        at = slot(plan.now, -max(one["days"] - 1 - number, 1), 12)
        SameHere.objects.create(
            barrier=row, person=person, service_id=services[person.pk] or 0, words=words, said_at=at
        )
        hearers = [row.raised_by] if row.raised_by else []
        chronicle.record(events.BARRIER_SAME_HERE, person, row, at, hearers)
    return fellows


def _said(
    one: dict[str, Any],
    row: Barrier,
    fellows: list[Person],
    staff: Person,
    plan: Plan,
    chronicle: Chronicle,
) -> None:
    today = timezone.localdate(plan.now)
    hearers = [*fellows, *([row.raised_by] if row.raised_by else [])]
    if row.raised_by:
        chronicle.record(
            events.BARRIER_RAISED, row.raised_by, row, slot(plan.now, -one["days"], 10)
        )
    for step, days, words, due in one["said"]:
        holder = row.leader.person if row.leader else None
        by = staff if step in BY_STAFF else row.raised_by if step == "confirmed" else holder
        if step == "confirmed":
            _asked(row)
        BarrierWord.objects.create(
            barrier=row,
            step=step,
            by=by,
            by_name=row.leader.name if by is None and row.leader else "",
            words=words,
            due_on=today + timedelta(days=due) if step == "promised" else None,
            on=today - timedelta(days=days),
        )
        if by is not None:
            chronicle.record(VERBS[step], by, row, slot(plan.now, -days, 15), hearers)
    if one.get("asked"):
        _asked(row)


def _asked(row: Barrier) -> None:
    if row.asked_on:
        BarrierWord.objects.create(barrier=row, step="asked", on=row.asked_on)


def _handed(
    one: dict[str, Any],
    rows: list[Barrier],
    leaders: list[Leader],
    ground: Ground,
    plan: Plan,
    chronicle: Chronicle,
) -> None:
    leader, row, at = leaders[one["leader"]], rows[one["barrier"]], slot(plan.now, -8, 11)
    by = leader.person or ground.people["Cas Mendes"]
    back: dict[str, Any] = {}
    if words := one.get("taken_back"):
        back = {"state": "taken_back", "why_taken_back": words, "taken_back_by": by}
        back["taken_back_at"] = slot(plan.now, -2, 11)
    until = timezone.localdate(plan.now) + timedelta(days=one["days"]) if "days" in one else None
    handed = HandedDecision.objects.create(
        barrier=row,
        leader=leader,
        service=ground.services[one["service"]],
        decision=one["decision"],
        limits=one["limits"],
        until=until,
        handed_at=at,
        **back,
    )
    BarrierWord.objects.create(
        barrier=row,
        step="handed_down",
        by=leader.person,
        by_name="" if leader.person else leader.name,
        words=one["decision"],
        on=timezone.localdate(at),
    )
    if leader.person:
        team = Person.objects.in_service(handed.service_id)
        chronicle.record(events.DECISION_HANDED_DOWN, leader.person, handed, at, team)
