"""How the demo's cohorts are run: stages, sessions with who came, visits, and learning calls.

Nothing here is left to chance: a person's place in the list says what happened to them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts import events
from cohorts.models import (
    Attendance,
    Cohort,
    ExposureVisit,
    LearningCall,
    Membership,
    Person,
    Session,
    Stage,
)
from cohorts.working_days import is_working_day

from .dealing import ANA
from .permission import slot
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

LASTS = timedelta(days=330)
TO_GO = timedelta(days=100)
EVERY = timedelta(days=28)
PLACES = ("Town Hall, room 4. Ring the bell on the left.", "The Kettle Day Centre, upstairs room.",
          "Library, the room behind the children’s books.")  # fmt: skip
ONLINE = "https://meet.example.org/cohort"
# Days from today of the sessions to come, by the cohort's place in the list; the first has ended.
COMING: tuple[tuple[int, ...], ...] = ((), (3, 31, 59), (12, 40))
YESTERDAY_IN = 2
CALLED_OFF_IN = 1
QUIET = 4  # whose place in the list it is that has missed the last three
CASS_SHARE = 4
WITHOUT_PARTNER = 2
MONTHS_OF_CALLS = 4


def write_running(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    words = read("running")
    for number, cohort in enumerate(ground.cohorts.values()):
        seats = _seats(cohort)
        staff = [seat.person for seat in seats if seat.role != Membership.Role.PARTICIPANT]
        leads = staff[0] if staff else ground.people["Cas Mendes"]
        stages = _stages(cohort, plan.now)
        _sessions(plan, number, cohort, stages, seats, leads, words["sessions"], chronicle)
        _visits(plan, number, cohort, seats, words["visits"], chronicle)
        if cohort.ends is None:
            _calls(plan, number, cohort, seats, words["calls"], chronicle)


def _seats(cohort: Cohort) -> list[Membership]:
    """Who takes part or did, Ana first, then by name; facilitators come before learning partners."""
    rows = Membership.objects.filter(cohort=cohort, state__in=["active", "alumni"]).select_related(
        "person"
    )
    order = {"facilitator": 0, "learning_partner": 1, "participant": 2}
    return sorted(rows, key=lambda one: (order[one.role], one.person.email != ANA, one.person.name))


def _stages(cohort: Cohort, now: datetime) -> list[Stage]:
    """The three of the programme, a third of the time each. What has gone on for long lasts longer."""
    lasts = max(LASTS, timezone.localdate(now) - cohort.starts + TO_GO)
    third = (cohort.ends - cohort.starts if cohort.ends else lasts) // 3
    return Stage.objects.bulk_create(
        Stage(
            cohort=cohort,
            name=name,
            position=place + 1,
            starts=cohort.starts + place * third,
            ends=cohort.starts + (place + 1) * third - timedelta(days=1),
        )
        for place, name in enumerate(Stage.DEFAULTS)
    )


def _sessions(
    plan: Plan,
    number: int,
    cohort: Cohort,
    stages: list[Stage],
    seats: list[Membership],
    leads: Person,
    words: list[dict[str, str]],
    chronicle: Chronicle,
) -> None:
    today = timezone.localdate(plan.now)
    last = min(cohort.ends or today, today - timedelta(days=5))
    days = [(day - today).days for day in _every(cohort.starts + timedelta(days=9), last)]
    if cohort.ends:
        days = days[::2]
    if number == YESTERDAY_IN:
        days.append(-2)
    days += COMING[number]
    rows = []
    for turn, (away, said) in enumerate(zip(days, cycle(words), strict=False)):
        online = turn % 4 == 3
        starts_at = _at_work(today + timedelta(days=away), 14 if online else 10)
        rows.append(
            Session(
                cohort=cohort,
                stage=_stage_on(stages, timezone.localdate(starts_at)),
                title=said["title"],
                access=said["access"],
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2 if online else 5),
                where="" if online else PLACES[number % len(PLACES)],
                link=f"{ONLINE}-{number + 1}" if online else "",
            )
        )
    if number == CALLED_OFF_IN:
        rows[-1].call_off(
            by=leads,
            at=plan.now - timedelta(days=1, hours=3),
            words="The hall is needed for the night shelter that week. We will find another day.",
        )
    Session.objects.bulk_create(rows)
    people = [seat.person for seat in seats]
    for row in rows:
        planned = min(row.starts_at - timedelta(days=24), plan.now - timedelta(days=2, hours=5))
        coming = row.starts_at > plan.now
        chronicle.record(events.SESSION_PLANNED, leads, row, planned, people if coming else ())
        if row.called_off_at:
            chronicle.record(events.SESSION_CALLED_OFF, leads, row, row.called_off_at, people)
    held = [row for row in rows if row.ends_at < plan.now and (today - row.day).days > 4]
    _attendance(held, seats, leads, chronicle)
    _cant_come(plan, [row for row in rows if row.starts_at > plan.now], seats, leads, chronicle)


def _at_work(day: date, hour: int) -> datetime:
    """That hour on the day, or on the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _every(first: date, last: date) -> list[date]:
    return [first + turn * EVERY for turn in range((last - first) // EVERY + 1)]


def _stage_on(stages: list[Stage], day: date) -> Stage:
    begun = [stage for stage in stages if stage.starts and stage.starts <= day]
    return begun[-1] if begun else stages[0]


def _attendance(
    held: list[Session], seats: list[Membership], leads: Person, chronicle: Chronicle
) -> None:
    rows = []
    for turn, session in enumerate(held):
        at = session.starts_at + timedelta(minutes=12)
        there = [one for one in seats if one.joined_at < session.starts_at]
        for place, seat in enumerate(there):
            dice = (7 * place + 5 * turn) % 11
            state = {0: "sent_word", 1: "missed", 4: "sent_word"}.get(dice, "came")
            if seat.role != Membership.Role.PARTICIPANT:
                state = "came"
            elif place == QUIET and turn >= len(held) - 3:
                state = "missed"
            own = state == "sent_word" and place % 2 == 0
            rows.append(
                Attendance(
                    session=session,
                    person=seat.person,
                    state=state,
                    ticked_by=seat.person if own else leads,
                    ticked_at=session.starts_at - timedelta(hours=20) if own else at,
                )
            )
        ticks = {str(row.person_id): row.state for row in rows if row.session is session}
        chronicle.record(events.SESSION_TICKED, leads, session, at, ticks=ticks)
    Attendance.objects.bulk_create(rows)


def _cant_come(
    plan: Plan,
    coming: list[Session],
    seats: list[Membership],
    leads: Person,
    chronicle: Chronicle,
) -> None:
    """One of those who take part has sent word about the next one."""
    members = [seat for seat in seats if seat.role == Membership.Role.PARTICIPANT]
    if not coming or len(members) < 2:
        return
    person, at = members[1].person, plan.now - timedelta(hours=6)
    Attendance.objects.create(
        session=coming[0], person=person, state="sent_word", ticked_by=person, ticked_at=at
    )
    chronicle.record(events.SESSION_CANT_COME, person, coming[0], at, [leads])


def _visits(
    plan: Plan,
    number: int,
    cohort: Cohort,
    seats: list[Membership],
    words: list[dict[str, str]],
    chronicle: Chronicle,
) -> None:
    """Each cohort's own share of the visits, one a person, some weeks apart."""
    members = [seat.person for seat in seats if seat.role == Membership.Role.PARTICIPANT]
    until = min(cohort.ends or timezone.localdate(plan.now), timezone.localdate(plan.now))
    share = words[number::3]
    rows = []
    for turn, (person, said) in enumerate(zip(members, share, strict=False)):
        day = until - timedelta(days=6 + 17 * turn)
        made_at = timezone.make_aware(datetime.combine(day, time(16)))
        rows.append(
            ExposureVisit(cohort=cohort, person=person, visited_on=day, made_at=made_at, **said)
        )
    for row in ExposureVisit.objects.bulk_create(rows):
        chronicle.record(events.VISIT_WRITTEN, row.person, row, row.made_at)


def _calls(
    plan: Plan,
    number: int,
    cohort: Cohort,
    seats: list[Membership],
    words: list[dict[str, str]],
    chronicle: Chronicle,
) -> None:
    """Cas rings the first four of her cohort, the learning partner the others; two of the younger
    cohort have nobody yet."""
    staff = {seat.role: seat.person for seat in seats if seat.role != "participant"}
    first = staff.get("facilitator")
    others = staff.get("learning_partner") or first
    members = [seat for seat in seats if seat.role == Membership.Role.PARTICIPANT]
    if first is None or others is None:
        return
    if number == YESTERDAY_IN:
        members = members[:-WITHOUT_PARTNER]
    for place, seat in enumerate(members):
        seat.learning_partner = first if place < CASS_SHARE and number == 1 else others
    Membership.objects.bulk_update(members, ["learning_partner"])
    rows: list[LearningCall] = []
    for place, seat in enumerate(members):
        said = islice(cycle(words), place % len(words), None)
        for month in range(MONTHS_OF_CALLS, 0, -1):
            held_on = timezone.localdate(slot(plan.now, -31 * month + place % 9, 9))
            if held_on >= seat.joined_at.date() and (place + month) % 6:
                rows.append(_held(seat, held_on, next(said)))
        rows += _this_month(plan, place, seat, next(said))
    for row in LearningCall.objects.bulk_create(rows):
        verb = {"planned": events.CALL_PLANNED, "missed": events.CALL_MISSED}.get(
            row.state, events.CALL_HELD
        )
        chronicle.record(verb, row.partner, row, row.made_at, [row.membership.person])


def _this_month(
    plan: Plan, place: int, seat: Membership, said: dict[str, str]
) -> list[LearningCall]:
    """Planned, past its time, did not happen, held today; or still to be arranged."""
    now = plan.now
    planned = {
        "membership": seat,
        "partner": seat.learning_partner,
        "made_at": now - timedelta(days=4, minutes=place),
    }
    turn = place % 5
    if turn == 0:
        bring: dict[str, Any] = {"organisation": "The new form, and what to do with it."}
        return [
            LearningCall(state="planned", planned_for=slot(now, 2 + place, 15), **planned, **bring)
        ]
    if turn == 1:
        return [LearningCall(state="planned", planned_for=slot(now, -2, 11), **planned)]
    if turn == 2:
        return [LearningCall(state="missed", planned_for=slot(now, -3, 16), **planned)]
    if turn == 3:
        return [_held(seat, timezone.localdate(now) - timedelta(days=1), said)]
    return []


def _held(seat: Membership, held_on: date, said: dict[str, str]) -> LearningCall:
    at = timezone.make_aware(datetime.combine(held_on, time(11)))
    return LearningCall(
        membership=seat,
        partner=seat.learning_partner,
        state="held",
        held_on=held_on,
        made_at=at,
        **said,
    )
