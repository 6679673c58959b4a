"""Agreements and protected time of the demo's workers: in every state, round today.

Nothing here is left to chance: a worker's place in the list says what happened to them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts import events
from cohorts.models import ManagerAgreement, Membership, Person, TimeRequest

from .dealing import ANA
from .plan import Plan
from .said import Chronicle

if TYPE_CHECKING:
    from .loading import Ground

Worker = tuple[Person, Person, date]

# Ana's is agreed; then these, round and round. "late": agreed, and past the day to look at it again.
AGREEMENTS = ("proposed", "talk", "ended", "agreed", "agreed", "late", "agreed", "", "agreed")
PAST = ("taken", "", "taken", "lost", "declined", "taken", "withdrawn", "")
PURPOSES = ("stand_back", "look_across", "peer_meeting", "lab", "visit")
COVERS = (
    "Two of us swap a shift, and the late phone goes to the duty desk.",
    "The team takes my visits that morning. Nothing urgent is due.",
    "I start an hour early the day before, so the letters are done.",
    "Nobody is needed: it is our quiet morning.",
)
GIVES_BACK = (
    "Ten minutes at the team meeting each month: what I saw, and one thing to try.",
    "A page on what other services do with the same problem.",
    "I bring back names: whom to ring, and what they can do for us.",
)
NOTES = (
    "Look at who came back to us three times this year, and why.",
    "Sit with the duty desk next door for a morning.",
    "Write down which of our rules nobody can find.",
    "Meet the hostel’s night worker in the daytime, for once.",
)


def write_permission(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    workers = workers_of(plan, ground)
    _agreements(workers, plan.now, chronicle)
    _times(workers, plan.now, chronicle)


def workers_of(plan: Plan, ground: Ground) -> list[Worker]:
    """Frontline workers who are here today, with their manager and since when; Ana first."""
    today = timezone.localdate(plan.now)
    here = {person.name for person in plan.people if not person.closed}
    found = []
    for person in sorted(plan.people, key=lambda one: (one.email != ANA, one.name)):
        job = person.job_on(today)
        if person.closed or job is None or job.kind != "frontline" or job.manager not in here:
            continue
        since = max(job.started, person.joined)
        found.append((ground.people[person.name], ground.people[job.manager], since))
    return found


def active_participants():
    return Membership.objects.filter(
        state=Membership.State.ACTIVE, role=Membership.Role.PARTICIPANT
    )


def slot(now: datetime, days: int, hour: int) -> datetime:
    """That hour, so many days from today; a day at the weekend gives way to the Monday or Friday."""
    day = timezone.localdate(now) + timedelta(days=days)
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday() if days > 0 else 4 - day.weekday())
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _agreements(workers: list[Worker], now: datetime, chronicle: Chronicle) -> None:
    today = timezone.localdate(now)
    takes_part = set(active_participants().values_list("person_id", flat=True))
    rows = []
    for number, (worker, manager, since) in enumerate(workers):
        state = AGREEMENTS[(number - 1) % len(AGREEMENTS)]
        if worker.pk in takes_part and state != "late":
            state = "agreed"  # what an active place in a cohort rests on
        at = max(slot(now, -4 if state in ("proposed", "talk") else -100, 10), slot_of(since))
        if not state or at > now:
            continue
        decided: dict[str, Any] = {
            "decided_at": min(at + timedelta(hours=26), now),
            "decided_by": manager,
        }
        more: dict[str, Any] = {} if state == "proposed" else dict(decided)
        if state == "talk":
            more["words"] = (
                "I say yes to the hours. Let us talk through who holds the phone on Mondays."
            )
        elif state != "proposed":
            more["agreed_at"] = decided["decided_at"]
        if state == "ended":
            more |= {
                "ended_at": min(decided["decided_at"] + timedelta(days=60), now),
                "ended_by": worker,
            }
        late = state == "late"
        rows.append(
            ManagerAgreement(
                worker=worker,
                manager=manager,
                hours_a_month=(12, 8, 6, 10)[number % 4],
                cover=COVERS[number % len(COVERS)],
                gives_back=GIVES_BACK[number % len(GIVES_BACK)],
                review_on=today + timedelta(days=-9 if late else 40 + 11 * (number % 9)),
                state="agreed" if late else state,
                proposed_at=at,
                **more,
            )
        )
    for row in ManagerAgreement.objects.bulk_create(rows):
        chronicle.record(events.AGREEMENT_PROPOSED, row.worker, row, row.proposed_at, [row.manager])
        if row.agreed_at:
            chronicle.record(events.AGREEMENT_AGREED, row.manager, row, row.agreed_at, [row.worker])
        elif row.decided_at:
            chronicle.record(events.AGREEMENT_TALK, row.manager, row, row.decided_at, [row.worker])


def slot_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _times(workers: list[Worker], now: datetime, chronicle: Chronicle) -> None:
    """Twelve weeks back, in which most was taken, and three to come. Ana has one that waits for Mo."""
    rows: list[TimeRequest] = []
    for number, (worker, manager, since) in enumerate(workers):
        weeks = {week: PAST[(2 * number + week) % len(PAST)] for week in range(-12, 0)}
        ahead = (
            "approved" if number % 2 == 0 else "requested",
            "more_asked" if number % 3 == 0 else "",
            "requested" if number % 4 == 0 else "",
        )
        weeks |= dict(enumerate(ahead, start=1))
        own = [
            _time(number, week, worker, manager, state, now)
            for week, state in weeks.items()
            if state
        ]
        rows += [row for row in own if row.asked_at >= slot_of(since)]
    for row in TimeRequest.objects.bulk_create(rows):
        hours = {"slots": 1}
        chronicle.record(events.TIME_ASKED, row.worker, row, row.asked_at, [row.manager], **hours)
        verb = {
            "declined": events.TIME_DECLINED,
            "more_asked": events.TIME_MORE_ASKED,
            "withdrawn": "",
        }.get(row.state, events.TIME_APPROVED)
        if row.decided_at and verb:
            chronicle.record(verb, row.manager, row, row.decided_at, [row.worker], **hours)


def _time(
    number: int, week: int, worker: Person, manager: Person, state: str, now: datetime
) -> TimeRequest:
    days = (number + 2) % 4 if week > 0 else -(number % 3)
    starts_at = slot(now, 7 * week + days, (9, 10)[number % 2])
    asked_at = min(starts_at - timedelta(days=9), now - timedelta(hours=20 + 9 * (number % 7)))
    more: dict[str, Any] = {}
    if state not in ("requested", "withdrawn"):
        more = {"decided_at": min(asked_at + timedelta(hours=17), now), "decided_by": manager}
    if state == "declined":
        more |= {"ground": ("cover", "busy", "training")[number % 3]}
        more |= {
            "words": "Two of us are away that day. Ask me for the week after, and it is a yes."
        }
    if state == "more_asked":
        more |= {"words": "Gladly. Who has the phone while you are out?"}
    if state in ("taken", "lost"):
        more |= {"told_at": starts_at + timedelta(hours=3)}
    turn = number + week
    return TimeRequest(
        worker=worker,
        manager=manager,
        purpose=PURPOSES[turn % len(PURPOSES)],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=(2, 3, 1)[turn % 3]),
        cover=COVERS[turn % len(COVERS)],
        note=NOTES[turn % len(NOTES)] if turn % 2 == 0 else "",
        state=state,
        asked_at=asked_at,
        **more,
    )
