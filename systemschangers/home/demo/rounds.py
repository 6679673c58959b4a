"""Who is open to meet in the demo, and the match rounds of its staff: two that were sent, with what became
of them, and the draft of the next.

Who meets whom is worked out as for any round; what came of it depends on a group's place in the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from cohorts import events, matching
from cohorts.match_people import known_of, people_for
from cohorts.models import (
    ComparisonNote,
    DoNotPair,
    Match,
    MatchPause,
    MatchPlace,
    MatchRound,
    PeerMeeting,
    PeerMeetingWord,
    PeerPlace,
    Person,
    Post,
    Practice,
    PracticeOwner,
)

from .dealing import ANA
from .permission import slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

S, Place = PeerMeeting.State, PeerPlace.State
COHORT, STAFF = "Eastmere and Tillerbrook", "Cas Mendes"
# How long ago, and what became of the groups, round and round.
SENT: tuple[tuple[int, tuple[str, ...]], ...] = (
    (95, (S.HELD, S.HELD, S.DID_NOT_HAPPEN, S.HELD, S.DECLINED, S.HELD, S.CALLED_OFF)),
    (38, (S.HELD, S.ARRANGED, S.HELD, S.INVITED, S.HELD, S.DID_NOT_HAPPEN)),
)
WHY_NOT = {
    S.DID_NOT_HAPPEN: PeerMeeting.WhyNot.AWAY,
    S.CALLED_OFF: PeerMeeting.WhyNot.COVER,
}
GOING = {S.HELD, S.ARRANGED, S.DID_NOT_HAPPEN}


def write_rounds(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    said, people = read("rounds"), [person for person, _, _ in workers_of(plan, ground)]
    _open_up(plan, ground, people, said, chronicle)
    if len(people) > 6:  # a small demonstration has not so many
        MatchPause.objects.create(
            person=people[4],
            until=timezone.localdate(plan.now) + timedelta(days=19),
            made_at=slot(plan.now, -6, 12),
        )
        DoNotPair.objects.create(person=people[5], other=people[6], made_at=slot(plan.now, -50, 12))
    staff, cohort = ground.people[STAFF], ground.cohorts[COHORT]
    for number, (days, states) in enumerate(SENT):
        at = slot(plan.now, -days, 11)
        given = said["round"][number]
        sent = MatchRound.objects.create(
            name=given["name"], question=given["question"], whom="cohort", cohort=cohort, size=2,
            seed=number + 1, state="sent", made_by=staff, made_at=at - timedelta(hours=3),
            previewed_at=at - timedelta(hours=1), sent_at=at, sent_by=staff,
        )  # fmt: skip
        _sent(sent, states, said, plan.now, chronicle)
    at, given = slot(plan.now, -1, 15), said["round"][2]
    draft = MatchRound.objects.create(
        name=given["name"], question=given["question"], whom="cohort", cohort=cohort, size=2,
        made_by=staff, made_at=at,
    )  # fmt: skip
    chronicle.record(events.MATCH_ROUND_MADE, staff, draft, at)


def _open_up(
    plan: Plan, ground: Ground, people: list[Person], said: dict, chronicle: Chronicle
) -> None:
    """Of five workers three are open to meet, one said no, and one has not answered yet; Ana is open."""
    themes: dict[str, list[str]] = {}
    for told in plan.wins:
        if told.visibility == "everyone":
            themes.setdefault(told.author.name, []).extend(told.themes)
    answered = []
    for number, person in enumerate(people):
        if number % 5 == 4:
            continue
        person.open_to_meet = person.email == ANA or number % 5 != 3
        person.meeting_answered_at = slot(plan.now, -20 - number % 60, 9)
        if person.open_to_meet:
            person.can_show = said["can_show"][number % len(said["can_show"])]
            person.wants_to_see = said["wants_to_see"][number % len(said["wants_to_see"])]
        answered.append(person)
        at, is_open = person.meeting_answered_at, person.open_to_meet
        chronicle.record(events.MEETING_ANSWERED, person, person, at, open=is_open)
    Person.objects.bulk_update(
        answered, ["open_to_meet", "meeting_answered_at", "can_show", "wants_to_see"]
    )
    link = Person.themes.through
    link.objects.bulk_create(
        link(person=person, theme=ground.themes[name])
        for person in answered
        if person.open_to_meet
        for name in sorted(set(themes.get(person.name, ())))[:2]
    )


def _sent(
    sent: MatchRound, states: tuple[str, ...], said: dict, now: datetime, chronicle: Chronicle
) -> None:
    at, staff = sent.sent_at or now, sent.made_by
    known = known_of(people_for(sent), besides=sent)
    outcome = matching.in_groups(
        known.people.values(), size=2, met=known.met, apart=known.apart, seed=sent.seed
    )
    people = Person.objects.in_bulk(known.people)
    chronicle.record(events.MATCH_ROUND_SENT, staff, sent, at, groups=len(outcome.groups))
    places = [
        MatchPlace(round=sent, person_id=person, left_out=why)
        for person, why in outcome.left_out.items()
    ]
    for number, group in enumerate(outcome.groups, start=1):
        here = [people[person] for person in group]
        meeting = _meeting(sent, here, S(states[(number - 1) % len(states)]), number, now)
        match = Match.objects.create(round=sent, number=number, told_at=at, meeting=meeting)
        places += [MatchPlace(round=sent, match=match, person=person) for person in here]
        if meeting.state == S.HELD:
            _notes(meeting, here, said, number)
    for place in MatchPlace.objects.bulk_create(places):
        verb = events.MATCH_MADE if place.match_id else events.MATCH_LEFT_OUT
        chronicle.record(verb, staff, place, at, [people[place.person_id]])


def _meeting(
    sent: MatchRound, people: list[Person], state: PeerMeeting.State, number: int, now: datetime
) -> PeerMeeting:
    made_at = sent.sent_at or now
    meets_at = made_at + timedelta(days=12 + number % 9)
    if state == S.ARRANGED:
        meets_at = slot(now, 3 + number % 5, 14)
    since = {S.INVITED: made_at, S.ARRANGED: made_at + timedelta(days=4)}
    then = since.get(state, made_at + timedelta(days=13 + number % 9))
    meeting = PeerMeeting.objects.create(
        question=sent.question,
        state=state,
        made_by=sent.made_by,
        made_at=made_at,
        since=then,
        hours=Decimal(1),
        seats=len(people),
        where="The café by the station" if state in GOING else "",
        calendar_sequence=1 if state in GOING else 0,
        meets_at=meets_at if state in GOING else None,
        asked_whether_held_at=then if state in (S.HELD, S.DID_NOT_HAPPEN) else None,
        held_at=then if state == S.HELD else None,
        called_off_at=then if state == S.CALLED_OFF else None,
        called_off_by=people[0] if state == S.CALLED_OFF else None,
        why_not=WHY_NOT.get(state, ""),
    )
    PeerPlace.objects.bulk_create(
        PeerPlace(
            meeting=meeting,
            person=person,
            state=Place.GOING if state in GOING else Place.DECLINED if state == S.DECLINED and turn == 1 else Place.ASKED,
            seat=turn if state in GOING else None,
            seats=len(people),
            turn=turn,
            since=made_at,
        )
        for turn, person in enumerate(people, start=1)
    )  # fmt: skip
    PeerMeetingWord.objects.create(meeting=meeting, step="paired", by=sent.made_by, at=made_at)
    return meeting


def _notes(meeting: PeerMeeting, people: list[Person], said: dict, number: int) -> None:
    """Of most meetings somebody wrote down what they compared; of one a practice came."""
    words, at = said["note"][number % len(said["note"])], meeting.since + timedelta(days=1)
    if number % 4 != 3:
        ComparisonNote.objects.create(
            meeting=meeting, author=people[0], written_at=at, changed_at=at, **words
        )
    if number != 2:
        return
    job = Post.objects.current().filter(person=people[1]).first()
    if job is None:
        return
    practice = Practice.objects.create(
        meeting=meeting, service=job.service, ask=people[1], made_by=people[1], state="published",
        made_at=at, changed_at=at, published_at=at + timedelta(days=3), **said["practice"],
    )  # fmt: skip
    PracticeOwner.objects.bulk_create(
        PracticeOwner(practice=practice, person=person, agreed_at=at) for person in people
    )
