"""Leaders of the demo, and requests to meet them in every state, round today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts import events
from cohorts.models import (
    Commitment,
    Leader,
    LeaderRequest,
    LeaderRequestWord,
    OfferedDate,
    Person,
    TimeRequest,
)

from .ground import COUNCIL, PROBATION, STEPWATER, TRUST
from .permission import COVERS, Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

HOW_MANY_LEADERS = 5
# Leaders who have no account: name, what they lead on, organisation, place.
BY_LETTER = (
    ("Ruth Calloway", "lead for homelessness", COUNCIL, "Eastmere"),
    ("Colin Tate", "commissioner for recovery services", STEPWATER, "Marlhaven"),
    ("Harriet Lowe", "head of release planning", PROBATION, "Calderwick"),
    ("Martin Osei", "director of nursing", TRUST, "Hollinsea"),
)
WELCOME = (
    "Tell me what a rule does on the ground, with one example. I would rather hear it early.",
    "What I could stop doing. Bring somebody with you if you like.",
    "What you see that my figures do not.",
)
S = LeaderRequest.State
# Worker and leader by their places, the state, days since it came there, and which words.
REQUESTS = (
    (0, 0, S.ARRANGED, 3, 0),
    (0, 1, S.CLOSED, 40, 1),
    (0, 2, S.DRAFT, 1, 5),
    (1, 0, S.AWAITING_MANAGER, 2, 5),
    (2, 0, S.AWAITING_LEADER, 4, 2),
    (3, 1, S.AWAITING_LEADER, 20, 4),
    (4, 2, S.DATES_OFFERED, 2, 3),
    (5, 3, S.MANAGER_ASKS, 3, 2),
    (6, 0, S.DECLINED_BY_MANAGER, 6, 4),
    (7, 1, S.SECOND_LOOK, 4, 1),
    (8, 4, S.LEADER_ASKS, 2, 0),
    (9, 2, S.DECLINED_BY_LEADER, 9, 5),
    (10, 3, S.HELD, 2, 3),
    (11, 4, S.DID_NOT_HAPPEN, 3, 4),
    (12, 1, S.FOLLOWED_UP, 25, 2),
    (13, 0, S.CLOSED, 60, 3),
    (14, 4, S.WITHDRAWN, 15, 0),
    (15, 1, S.AWAITING_MANAGER, 18, 3),
)
ASKING = {S.DRAFT, S.AWAITING_MANAGER, S.MANAGER_ASKS, S.WITHDRAWN}
REFUSED = {S.DECLINED_BY_MANAGER, S.SECOND_LOOK}
MET = {S.HELD, S.FOLLOWED_UP, S.CLOSED}
DATED = MET | {S.ARRANGED, S.DID_NOT_HAPPEN}


@dataclass
class Meeting:
    """A request to be: its row, its time, and what people said on the way."""

    row: LeaderRequest
    words: dict[str, Any]
    since: datetime
    kept: bool


def write_meetings(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    """Lee leads the list. With few workers they take turns, so that every state is there."""
    leaders = _leaders(plan, ground)
    workers = workers_of(plan, ground)
    said = read("meetings")["meeting"]
    meetings = []
    for who, whom, state, days, words in REQUESTS:
        turn = who if who < len(workers) else 1 + who % max(len(workers) - 1, 1)
        worker = workers[turn % len(workers)]
        meetings.append(_meeting(worker, leaders[whom], state, days, said[words], who, plan.now))
    LeaderRequest.objects.bulk_create(one.row for one in meetings)
    for one in meetings:
        _history(one, plan.now, chronicle)
        if one.row.state in (S.FOLLOWED_UP, S.CLOSED):
            _promises(one, plan.now)
        if one.row.state == S.DATES_OFFERED:
            for ahead in (8, 11, 15):  # as for peers: no weekend makes two one
                OfferedDate.objects.create(
                    request=one.row,
                    starts_at=slot(plan.now, ahead, 15),
                    where="Town Hall, room 4",
                    offered_at=one.since,
                )


def _leaders(plan: Plan, ground: Ground) -> list[Leader]:
    today = timezone.localdate(plan.now)
    jobs = [(person, person.job_on(today)) for person in plan.people if not person.closed]
    with_account = [(person, job) for person, job in jobs if job and job.kind == "leader"]
    with_account.sort(key=lambda pair: (pair[0].name != "Lee Whitaker", pair[0].name))
    rows = [
        Leader(
            person=ground.people[person.name],
            name=person.name,
            email=person.email,
            portfolio=job.title[0].lower() + job.title[1:],
            organisation=ground.organisations[job.team.organisation],
            place=ground.places.get(job.team.place or ""),
        )
        for person, job in with_account[: HOW_MANY_LEADERS - 1]
    ]
    rows += [
        Leader(
            name=name,
            email=f"{name.lower().replace(' ', '.')}@example.org",
            portfolio=portfolio,
            organisation=ground.organisations[organisation],
            place=ground.places[place],
        )
        for name, portfolio, organisation, place in BY_LETTER[: HOW_MANY_LEADERS - len(rows)]
    ]
    themes = sorted(ground.themes.values(), key=lambda theme: theme.name)
    for number, row in enumerate(rows):
        row.welcome, row.meetings_a_month = WELCOME[number % len(WELCOME)], 2 + number % 2
    leaders = Leader.objects.bulk_create(rows)
    for number, leader in enumerate(leaders):
        leader.themes.set(themes[number * 2 : number * 2 + 2])
    return leaders


def _meeting(
    worker: Worker, leader: Leader, state: str, days: int, words: dict, who: int, now: datetime
) -> Meeting:
    person, manager, _ = worker
    since = slot(now, -days, 11)
    begun = since - timedelta(days=0 if state in (S.DRAFT, S.AWAITING_MANAGER) else 14)
    decided = begun + timedelta(hours=5)
    more: dict[str, Any] = {}
    if state not in ASKING:
        more |= {"manager_decided_at": decided, "manager_decided_by": manager}
        if state in REFUSED:
            more |= {"ground": "timing"}
        else:
            more |= {"reached_leader_at": decided}
    if state in DATED:
        ahead = 6 if state == S.ARRANGED else -days - (1 if state != S.CLOSED else 5)
        more |= {"meets_at": slot(now, ahead, 15), "meets_where": "Town Hall, room 4"}
        more |= {"calendar_sequence": 1}
        if state != S.ARRANGED:
            more |= {"asked_whether_held_at": min(more["meets_at"] + timedelta(hours=3), now)}
    if state in (S.FOLLOWED_UP, S.CLOSED):
        more |= {"notes": words["notes"]}
    if state == S.CLOSED:
        more |= {
            "verdict": "changed" if who == 0 else "heard",
            "verdict_words": "Somebody listened who can change it.",
        }
    row = LeaderRequest(
        worker=person,
        manager=manager,
        leader=leader,
        purpose=words["purpose"],
        seen=words["seen"],
        question=words["question"],
        speaks_for="My team, and the people we walk with.",
        hours=Decimal(2),
        wished_dates="Tuesdays and Thursdays, after two.",
        cover=COVERS[who % len(COVERS)],
        state=state,
        made_at=begun,
        waiting_since=since,
        **more,
    )
    if state in MET | {S.ARRANGED}:
        row.time_request = _time(row, state, now)
    return Meeting(row, words, since, kept=who == 0)


def _time(row: LeaderRequest, state: str, now: datetime) -> TimeRequest:
    starts_at: Any = row.meets_at
    met = state in MET
    return TimeRequest.objects.create(
        worker=row.worker,
        manager=row.manager,
        purpose=TimeRequest.Purpose.LEADER_MEETING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        cover=row.cover,
        state="taken" if met else "approved",
        asked_at=row.made_at,
        decided_at=row.manager_decided_at,
        decided_by=row.manager_decided_by,
        told_at=min(starts_at + timedelta(hours=3), now) if met else None,
    )


def _history(one: Meeting, now: datetime, chronicle: Chronicle) -> None:
    """What was said at each step, and told to those it concerned."""
    row, state = one.row, one.row.state
    if state == S.DRAFT:
        return
    leader: Person | None = row.leader.person
    worker, manager = row.worker, row.manager
    _say(row, "sent", worker, row.made_at)
    chronicle.record(events.LEADER_REQUEST_SENT, worker, row, row.made_at, [manager])
    if row.manager_decided_at and state not in REFUSED:
        at = row.manager_decided_at
        _say(row, "approved", manager, at, "Go. I would like to hear what comes of it.")
        chronicle.record(events.LEADER_REQUEST_APPROVED, manager, row, at, [worker])
        if leader:
            chronicle.record(events.LEADER_REQUEST_REACHED_LEADER, manager, row, at, [leader])
    if state in REFUSED:
        at = row.manager_decided_at or now
        _say(row, "declined", manager, at, "Not in the weeks of the move. Ask again after it.")
        chronicle.record(events.LEADER_REQUEST_DECLINED, manager, row, at, [worker])
    if state in DATED:
        at = one.since if state == S.ARRANGED else row.made_at + timedelta(days=6)
        _say(row, "arranged", worker, at)
        chronicle.record(
            events.LEADER_REQUEST_ARRANGED, worker, row, at, [leader] if leader else []
        )
    last: dict[str, tuple[str, Person | None, str]] = {
        S.MANAGER_ASKS: ("manager_asked", manager, "What would you like to come back with?"),
        S.SECOND_LOOK: ("second_look_asked", worker, "The move has been put off since."),
        S.LEADER_ASKS: ("leader_asked", leader, "Who else sees this? Could they come too?"),
        S.DECLINED_BY_LEADER: ("leader_declined", leader, "I am not the one who decides this."),
        S.DATES_OFFERED: ("dates_offered", leader, ""),
        S.DID_NOT_HAPPEN: ("missed", worker, "She was called away at the last minute."),
        S.WITHDRAWN: ("withdrawn", worker, "It has been put right in the meantime."),
        S.HELD: ("held", worker, ""),
        S.FOLLOWED_UP: ("followed_up", worker, ""),
        S.CLOSED: ("closed", worker, ""),
    }
    if state in last:
        _say(row, last[state][0], last[state][1], one.since, last[state][2])


def _say(row: LeaderRequest, step: str, by: Person | None, at: datetime, words: str = "") -> None:
    name = "" if by else row.leader.name
    LeaderRequestWord.objects.create(
        request=row, step=step, by=by, by_name=name, words=words, at=at
    )


def _promises(one: Meeting, now: datetime) -> None:
    """Ana’s: the first kept, the second still open. Of others: partly kept, and overdue."""
    today = timezone.localdate(now)
    for number, words in enumerate(one.words["promises"]):
        state = (
            ("kept" if one.kept else "partly")
            if number == 0 and one.row.state == S.CLOSED
            else "open"
        )
        due = today + timedelta(days=12 if one.kept and number else -8)
        judged = state != "open"
        Commitment.objects.create(
            request=one.row,
            words=words,
            due_on=due,
            state=state,
            state_at=min(one.since + timedelta(days=10), now) if judged else None,
            workers_view="It works, and three people have gone home with a key." if judged else "",
            made_at=one.since,
            reminded_at=None if due > today else now - timedelta(days=10),
        )
