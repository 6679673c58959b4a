"""Meetings across services of the demo: in every state round today, what was compared, and what of it
was published and travelled.

Nothing here is left to chance: a worker's place in the list says what happened to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cohorts import events
from cohorts.models import (
    Borrowing,
    ComparisonNote,
    PeerMeeting,
    PeerMeetingWord,
    PeerPlace,
    Person,
    Practice,
    PracticeOwner,
    ProposedDate,
    Service,
    TimeRequest,
)

from .permission import COVERS, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

Kind, S, Place = PeerMeeting.Kind, PeerMeeting.State, PeerPlace.State
HAPPENED = {S.HELD, S.DID_NOT_HAPPEN}
# Who invites whom (places in the list; Ana is 0), kind, state, days since it came there, which words.
MEETINGS = (
    (0, 1, Kind.ONE_TO_ONE, S.HELD, 31, 0),
    (2, 0, Kind.ONE_TO_ONE, S.DATES_PROPOSED, 1, 1),
    (0, 3, Kind.ONE_TO_ONE, S.ARRANGED, 2, 2),
    (4, 0, Kind.VISIT, S.HELD, 3, 1),
    (5, 6, Kind.ONE_TO_ONE, S.INVITED, 2, 0),
    (7, 2, Kind.ONE_TO_ONE, S.HELD, 80, 1),
    (3, 8, Kind.ONE_TO_ONE, S.DID_NOT_HAPPEN, 4, 2),
    (6, 4, Kind.ONE_TO_ONE, S.DECLINED, 6, 1),
    (8, 5, Kind.ONE_TO_ONE, S.CALLED_OFF, 5, 0),
    (9, 7, Kind.VISIT, S.ARRANGED, 3, 2),
    (1, 9, Kind.ONE_TO_ONE, S.HELD, 120, 2),
)
# Each open meeting: who holds it, state, days from today, seats, how many came, which question.
OPEN = (
    (1, S.ARRANGED, 9, 6, 9, "to_come"),
    (3, S.ARRANGED, 16, 12, 4, "free"),
    (2, S.HELD, -20, 8, 6, "held"),
    (6, S.DID_NOT_HAPPEN, -12, 4, 2, "missed"),
)
WORDS = {
    S.DECLINED: "Thank you. Not before the summer: two of us are away.",
    S.CALLED_OFF: "Our office is flooded. I will write when we are back.",
    S.DID_NOT_HAPPEN: "An emergency at the front door. Sorry.",
}
# Each practice: which meeting, whose words, its state, days since, and who borrowed it: the worker, what
# came of it, days since, and from which of those before (None: from where it began).
PRACTICES: tuple[tuple[int, int, str, int, tuple], ...] = (
    (
        5, 1, "published", 75,
        ((0, "kept", 70, None), (4, "adapted", 64, 0), (5, "borrowing", 58, 1), (8, "we_do", 40, None)),
    ),
    (0, 0, "published", 24, ((3, "borrowing", 20, None), (6, "we_do", 12, None))),
    (10, 2, "published", 110, ((4, "dropped", 95, None), (2, "kept", 90, None), (7, "kept", 50, 1))),
    (10, 3, "taken_back", 60, ()),
    (0, 4, "awaiting", 2, ()),
    (0, 5, "draft", 1, ()),
)  # fmt: skip


class Crew:
    """The workers in their order, each with where they work today; somebody of another service where
    the list has one."""

    def __init__(self, plan: Plan, ground: Ground) -> None:
        workers = workers_of(plan, ground)
        self.managers = {person.pk: manager for person, manager, _ in workers}
        self.people = [person for person, _, _ in workers]
        today = plan.now.date()
        self.service: dict[int, Service] = {}
        for somebody in plan.people:
            job = somebody.job_on(today)
            if job and somebody.name in ground.people:
                self.service[ground.people[somebody.name].pk] = ground.services[job.team.name]

    def one(self, number: int, *besides: Person) -> Person:
        """That worker, or the next who is nobody of `besides` and of another service than the first."""
        count = len(self.people)
        order = [self.people[(number + step) % count] for step in range(count)]
        free = [person for person in order if person not in besides]
        if besides:
            first = self.service.get(besides[0].pk)
            free = [one for one in free if self.service.get(one.pk) != first] or free
        return free[0]


def write_peers(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    said, crew = read("peers"), Crew(plan, ground)
    meetings = [_meeting(crew, said["met"], row, plan.now, chronicle) for row in MEETINGS]
    for row in OPEN:
        _open(crew, said["open"], row, plan.now, chronicle)
    for number, (which, words, state, days, borrowed) in enumerate(PRACTICES):
        given = said["practice"][words]
        practice = _practice(crew, meetings[which], given, state, days, plan.now, chronicle)
        themes = sorted(ground.themes.values(), key=lambda theme: theme.name)
        practice.themes.set(themes[number % len(themes) : number % len(themes) + 2])
        _borrowings(crew, practice, borrowed, said["borrowed"], plan.now, chronicle)


def _meeting(
    crew: Crew, words: list[dict], row: tuple, now: datetime, chronicle: Chronicle
) -> PeerMeeting:
    host_at, other_at, kind, state, days, which = row
    host = crew.one(host_at)
    other = crew.one(other_at, host)
    since, made_at = slot(now, -days, 11), slot(now, -days - 12, 10)
    more: dict[str, Any] = {}
    if state == S.ARRANGED:
        more = {"meets_at": slot(now, 6 + which, 14), "where": "The day room, second floor"}
        more |= {"access_note": "Ring the side bell. Lift to the right.", "calendar_sequence": 1}
    elif state in HAPPENED:
        more = {"meets_at": since - timedelta(days=1), "asked_whether_held_at": since}
        more |= {"calendar_sequence": 1, "where": "The day room, second floor"}
    if state == S.HELD:
        more |= {"held_at": since}
    if state == S.DATES_PROPOSED:
        more |= {"dates_by": host, "where": "Our office, or yours"}
    if state == S.CALLED_OFF:
        more |= {"called_off_at": since, "called_off_by": host}
    meeting = PeerMeeting.objects.create(
        kind=kind,
        question=words[which]["question"],
        state=state,
        made_by=host,
        made_at=made_at,
        since=made_at if state == S.INVITED else since,
        hours=Decimal("3.5") if kind == Kind.VISIT else Decimal(1),
        seats=1,
        **more,
    )
    going = state in HAPPENED | {S.ARRANGED}
    own = Place.GOING if going else Place.DECLINED if state == S.DECLINED else Place.ASKED
    _place(crew, meeting, host, Place.GOING, 1, 0, now)
    _place(crew, meeting, other, own, 2, 1 if going else None, now)
    if state == S.DATES_PROPOSED:
        for ahead in (6, 9, 13):  # three days apart at least, so that no weekend makes two one
            ProposedDate.objects.create(meeting=meeting, starts_at=slot(now, ahead, 14))
    _way(meeting, host, other, chronicle)
    if state == S.HELD:
        _notes(meeting, host, other, words[which], days, now, chronicle)
    return meeting


def _place(
    crew: Crew,
    meeting: PeerMeeting,
    person: Person,
    state: str,
    turn: int,
    seat: int | None,
    now: datetime,
) -> PeerPlace:
    place = PeerPlace(
        meeting=meeting, person=person, state=state, seat=seat, seats=meeting.seats, turn=turn,
        since=meeting.made_at,
    )  # fmt: skip
    if meeting.state == S.ARRANGED and state == Place.GOING and not meeting.is_open:
        place.time_request = _time(crew, meeting, person, turn, now)
    place.save()
    return place


def _time(
    crew: Crew, meeting: PeerMeeting, person: Person, turn: int, now: datetime
) -> TimeRequest | None:
    """One side's has been approved, the other's waits. Where other time is in the way, none."""
    starts_at, ends_at = meeting.meets_at, meeting.ends_at
    if starts_at is None or ends_at is None or person.pk not in crew.managers:
        return None
    if TimeRequest.objects.overlapping(person, starts_at, ends_at).exists():
        return None
    manager = crew.managers[person.pk]
    decided = {"decided_at": now - timedelta(hours=20), "decided_by": manager} if turn == 1 else {}
    return TimeRequest.objects.create(
        worker=person,
        manager=manager,
        purpose="visit" if meeting.kind == Kind.VISIT else "peer_meeting",
        starts_at=starts_at,
        ends_at=ends_at,
        cover=COVERS[turn % len(COVERS)],
        note="With a worker of another service.",
        state="approved" if decided else "requested",
        asked_at=meeting.since,
        **decided,
    )


def _way(meeting: PeerMeeting, host: Person, other: Person, chronicle: Chronicle) -> None:
    """What was said on its way, and told to whom it concerned."""

    def said(step: str, by: Person, at: datetime, words: str = "") -> None:
        PeerMeetingWord.objects.create(meeting=meeting, step=step, by=by, words=words, at=at)

    said("invited", host, meeting.made_at)
    chronicle.record(events.PEER_INVITED, host, meeting, meeting.made_at, [other])
    state = S(meeting.state)
    if state == S.DATES_PROPOSED:
        said("dates_proposed", host, meeting.since)
        chronicle.record(events.PEER_DATES_PROPOSED, host, meeting, meeting.since, [other])
    if state in HAPPENED | {S.ARRANGED}:
        at = meeting.made_at + timedelta(days=2)
        said("arranged", other, at)
        chronicle.record(events.PEER_ARRANGED, other, meeting, at, [host])
    last = {
        S.DECLINED: ("declined", other, host, events.PEER_DECLINED),
        S.CALLED_OFF: ("called_off", host, other, events.PEER_CALLED_OFF),
        S.DID_NOT_HAPPEN: ("missed", host, other, events.PEER_MISSED),
        S.HELD: ("held", other, host, events.PEER_HELD),
    }.get(state)
    if state == S.DID_NOT_HAPPEN:
        meeting.why_not = PeerMeeting.WhyNot.AWAY
        meeting.save(update_fields=["why_not"])
    if last:
        step, by, hears, verb = last
        said(step, by, meeting.since, WORDS.get(state, ""))
        chronicle.record(verb, by, meeting, meeting.since, [hears])


def _notes(
    meeting: PeerMeeting,
    host: Person,
    other: Person,
    words: dict,
    days: int,
    now: datetime,
    chronicle: Chronicle,
) -> None:
    """Of a meeting of some days ago the host has written; longer ago both have, and were asked how it went."""
    for author, of, hears in ((host, "", other), (other, "other_", host)):
        if of and days < 7:
            continue
        at = min(meeting.since + timedelta(days=1), now)
        asked = at + timedelta(weeks=4) if at + timedelta(weeks=4) < now else None
        tried = words["tried"] if asked and not of and days > 40 else ""
        note = ComparisonNote.objects.create(
            meeting=meeting,
            author=author,
            we_do=words[f"{of}we_do"],
            they_do=words[f"{of}they_do"],
            will_try=words[f"{of}will_try"],
            written_at=at,
            changed_at=at,
            asked_how_at=asked,
            tried="yes" if tried else "",
            tried_words=tried,
            tried_at=asked + timedelta(days=2) if tried and asked else None,
        )
        chronicle.record(events.NOTE_WRITTEN, author, note, at, [hears])


def _open(
    crew: Crew, questions: dict, row: tuple, now: datetime, chronicle: Chronicle
) -> PeerMeeting:
    host_at, state, days, seats, count, which = row
    host, past = crew.one(host_at), state in HAPPENED
    made_at = slot(now, min(days, 0) - 14, 9)
    meeting = PeerMeeting.objects.create(
        kind=Kind.OPEN,
        question=questions[which],
        state=state,
        made_by=host,
        made_at=made_at,
        since=slot(now, days + 1, 9) if past else made_at,
        held_at=slot(now, days + 1, 9) if state == S.HELD else None,
        hours=Decimal("1.5"),
        seats=seats,
        meets_at=slot(now, days, 13),
        asked_whether_held_at=slot(now, days, 15) if past else None,
        where="" if which == "free" else "The long table, Canal Street",
        link="https://calls.example.org/what-we-write-down" if which == "free" else "",
        access_note="Step-free from the yard. Tea is there.",
        calendar_sequence=1,
    )
    chronicle.record(events.PEER_OPENED, host, meeting, made_at)
    people = [one for one in crew.people if one != host]
    people = [people[(host_at + number) % len(people)] for number in range(min(count, len(people)))]
    _place(crew, meeting, host, Place.GOING, 1, 0, now)
    for turn, person in enumerate(people, start=1):
        if turn <= seats:
            _place(crew, meeting, person, Place.GOING, turn + 1, turn, now)
        else:
            out = Place.LEFT if past else Place.WAITING
            _place(crew, meeting, person, out, turn + 1, None, now)
        chronicle.record(
            events.PEER_JOINED if turn <= seats else events.PEER_QUEUED,
            person, meeting, made_at + timedelta(hours=7 * turn),
            [host] if turn <= seats else [],
        )  # fmt: skip
    return meeting


def _practice(
    crew: Crew,
    meeting: PeerMeeting,
    words: dict,
    state: str,
    days: int,
    now: datetime,
    chronicle: Chronicle,
) -> Practice:
    """Of the service of whoever invited, and agreed by both once it is published."""
    places = list(meeting.places.select_related("person").order_by("turn"))  # type: ignore[attr-defined]
    host, other = places[0].person, places[1].person
    at = slot(now, -days, 12)
    shown = state in ("published", "taken_back")
    practice = Practice.objects.create(
        meeting=meeting,
        service=crew.service[host.pk],
        ask=host,
        state=state,
        made_by=host,
        made_at=at - timedelta(days=1),
        published_at=at if shown else None,
        changed_at=at,
        **words,
    )
    for person in (host, other):
        agreed = shown or person == host
        PracticeOwner.objects.create(
            practice=practice, person=person, agreed_at=at if agreed else None
        )
    chronicle.record(events.PRACTICE_DRAFTED, host, practice, practice.made_at)
    if state != "draft":
        sent = practice.made_at + timedelta(hours=2)
        chronicle.record(events.PRACTICE_SENT, host, practice, sent, [other])
    if shown:
        chronicle.record(events.PRACTICE_PUBLISHED, other, practice, at, [host])
    return practice


def _borrowings(
    crew: Crew,
    practice: Practice,
    rows: tuple,
    words: dict,
    now: datetime,
    chronicle: Chronicle,
) -> None:
    made: list[Borrowing] = []
    owners = [owner.person for owner in practice.owners.select_related("person")]  # type: ignore[attr-defined]
    for number, state, days, learned in rows:
        taken = [one.person for one in made]
        person = crew.one(number, practice.made_by, *owners, *taken)
        service = crew.service[person.pk]
        if service == practice.service or person in taken:
            continue
        since, told = slot(now, -days, 16), state in words
        learned_from = made[learned] if learned is not None and learned < len(made) else None
        asked = since + timedelta(weeks=8)
        row = Borrowing.objects.create(
            practice=practice,
            person=person,
            service=service,
            learned_from=learned_from,
            state=state,
            since=since,
            asked_at=asked if asked < now and state != "we_do" else None,
            told_at=min(since + timedelta(weeks=8, days=1), now) if told else None,
            words=words.get(state, ""),
        )
        chronicle.record(
            events.BORROWING_MARKED, person, row, since, owners, we_do=state == "we_do"
        )
        if row.told_at:
            chronicle.record(events.BORROWING_TOLD, person, row, row.told_at, owners)
        made.append(row)
