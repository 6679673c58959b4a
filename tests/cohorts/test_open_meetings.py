"""Open meetings: seats, the waiting list that moves up by itself, and many who press at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from cohorts.actions.peer_meetings import ending, opening
from cohorts.models import PeerMeeting, PeerPlace, TimeRequest
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.peer_meetings import make_open_meeting
from tests.factories.time import make_agreement

Place = PeerPlace.State


def nine(world):
    return [make_person(world.hostel if n % 2 else world.outreach) for n in range(9)]


def seated(meeting) -> list[int]:
    going = meeting.places.filter(state=Place.GOING).exclude(seat=0)
    return list(going.order_by("turn").values_list("person", flat=True))


def waiting(meeting) -> list[int]:
    return list(
        meeting.places.filter(state=Place.WAITING).order_by("turn").values_list("person", flat=True)
    )


def open_one(world, now, **fields):
    given = {
        "question": "Who holds the key at night?",
        "meets_at": now + timedelta(days=10),
        "hours": Decimal(1),
        "seats": 6,
        "where": "",
        "link": "https://calls.example.org/night",
        "access_note": "The link opens ten minutes before.",
    }
    return opening.open_meeting(**(given | fields), by=world.zed, at=now)


def test_six_seats_nine_people_two_leave_and_two_move_up(world, now):
    meeting = open_one(world, now)
    people = nine(world)
    for person in people:
        opening.join(meeting=meeting, by=person, at=now)
    keys = [person.pk for person in people]
    assert (seated(meeting), waiting(meeting)) == (keys[:6], keys[6:])
    for person in (people[1], people[4]):
        opening.leave(meeting=meeting, by=person, at=now)
    assert seated(meeting) == [keys[0], keys[2], keys[3], keys[5], keys[6], keys[7]]
    assert waiting(meeting) == [keys[8]]
    told = Notification.objects.filter(event__verb="peer_meeting.moved_up")
    assert [one.recipient_id for one in told.order_by("id")] == keys[6:8]
    for person in people[6:8]:
        letter = Letter.objects.get(to=person.email)
        assert "METHOD:REQUEST" in letter.calendar
    gone = Letter.objects.filter(to=people[1].email).latest("id")
    assert "METHOD:CANCEL" in gone.calendar
    assert not Letter.objects.filter(to=people[8].email).exists()


def test_whoever_comes_back_is_at_the_end_of_the_list(world, now):
    meeting = open_one(world, now, seats=2)
    people = nine(world)[:4]
    for person in people:
        opening.join(meeting=meeting, by=person, at=now)
    opening.leave(meeting=meeting, by=people[0], at=now)
    opening.join(meeting=meeting, by=people[0], at=now)
    assert seated(meeting) == [people[1].pk, people[2].pk]
    assert waiting(meeting) == [people[3].pk, people[0].pk]


def test_one_letter_a_change_with_one_uid_and_a_rising_sequence(world, now):
    meeting = open_one(world, now)
    who = nine(world)[0]
    opening.join(meeting=meeting, by=who, at=now)
    opening.leave(meeting=meeting, by=who, at=now)
    opening.join(meeting=meeting, by=who, at=now)
    calendars = [letter.calendar for letter in Letter.objects.filter(to=who.email).order_by("id")]
    uids = {line for text in calendars for line in text.splitlines() if line.startswith("UID")}
    numbers = [
        int(line.split(":")[1])
        for text in calendars
        for line in text.splitlines()
        if line.startswith("SEQUENCE")
    ]
    assert len(uids) == 1
    assert numbers == sorted(set(numbers))


def test_more_seats_move_the_list_up_and_fewer_than_taken_are_refused(world, now):
    meeting = open_one(world, now, seats=2)
    people = nine(world)[:4]
    for person in people:
        opening.join(meeting=meeting, by=person, at=now)
    given = {name: getattr(meeting, name) for name in ("question", "meets_at", "hours", "where")}
    given |= {"link": meeting.link, "access_note": "", "by": world.zed, "at": now}
    opening.change(meeting=meeting, seats=4, **given)
    assert len(seated(meeting)) == 4
    with pytest.raises(ValidationError, match="4 seats are taken"):
        opening.change(meeting=meeting, seats=3, **given)
    opening.leave(meeting=meeting, by=people[0], at=now)
    opening.change(meeting=meeting, seats=3, **given)
    assert {place.seat for place in meeting.places.exclude(seat=None)} == {0, 1, 2, 3}
    with pytest.raises(Refused, match="Only whoever holds"):
        opening.change(meeting=meeting, seats=9, **(given | {"by": people[1]}))


def insist_now(place: PeerPlace) -> None:
    """Save it, and have PostgreSQL check at once what it else checks at the end."""
    with transaction.atomic():
        place.save()
        connections["default"].cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_keeps_the_seats_when_the_code_does_not(world, now):
    people = nine(world)
    meeting = make_open_meeting(world.zed, *people[:6], at=now)
    spare = {
        "meeting": meeting,
        "person": people[6],
        "turn": 99,
        "since": now,
        "state": Place.GOING,
    }
    for wrong, says in (
        ({"seat": 7, "seats": 6}, "peer_place_seat_is_one_there_is"),
        ({"seat": 3, "seats": 6}, "peer_place_one_a_seat"),
        ({"seat": None, "seats": 6}, "peer_place_going_has_a_seat"),
        ({"seat": 7, "seats": 7}, "peer_place_of_so_many_seats"),
    ):
        with pytest.raises(IntegrityError, match=says):
            insist_now(PeerPlace(**spare, **wrong))
    with pytest.raises(IntegrityError, match="peer_place_one_a_person"), transaction.atomic():
        PeerPlace.objects.create(**(spare | {"person": people[0], "state": Place.WAITING}), seats=6)


def test_time_is_asked_for_on_moving_up_and_withdrawn_on_leaving(world, now):
    make_agreement(world.ana)
    meeting = open_one(world, now, seats=2)
    first, second = nine(world)[:2]
    for person in (first, second, world.ana):
        opening.join(meeting=meeting, by=person, at=now)
    assert not TimeRequest.objects.exists()
    opening.leave(meeting=meeting, by=first, at=now)
    asked = TimeRequest.objects.get(worker=world.ana)
    assert (asked.state, asked.purpose, asked.starts_at) == (
        "requested",
        "peer_meeting",
        meeting.meets_at,
    )
    assert Notification.objects.filter(recipient=world.mo, event__verb="time.asked").exists()
    opening.leave(meeting=meeting, by=world.ana, at=now)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_nobody_sits_down_once_it_has_begun_and_nobody_holds_it_before(world, now):
    meeting = open_one(world, now)
    later = meeting.meets_at + timedelta(minutes=5)
    with pytest.raises(Refused, match="over"):
        opening.join(meeting=meeting, by=world.ana, at=later)
    with pytest.raises(ValidationError, match="still to come"):
        ending.hold(meeting=meeting, by=world.zed, at=now)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"seats": 1}, "2 to 200"),
        ({"link": "", "where": " "}, "Say where"),
        ({"question": " "}, "compare"),
    ],
)
def test_an_open_meeting_that_nobody_could_come_to_is_refused(wrong, says, world, now):
    with pytest.raises(ValidationError, match=says):
        open_one(world, now, **wrong)
    with pytest.raises(ValidationError, match="passed"):
        open_one(world, now, meets_at=now - timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_sixty_people_after_six_seats_at_once(world, now):
    """Each with a connection of their own, all pressing together: six sit, the rest wait in order."""
    meeting = open_one(world, now)
    people = [make_person() for _ in range(60)]
    together, outcomes = Barrier(12), []

    def press(mine):
        try:
            together.wait(timeout=20)
            for person in mine:
                place = opening.join(meeting=meeting, by=person, at=now)
                outcomes.append((place.state, place.seat, place.turn))
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=[people[n::12]]) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 60
    places = list(meeting.places.exclude(seat=0).order_by("turn"))
    places += list(meeting.places.filter(seat=None).order_by("turn"))
    rows = list(
        PeerPlace.objects.filter(meeting=meeting).exclude(person=world.zed).order_by("turn")
    )
    assert [row.state for row in rows] == ["going"] * 6 + ["waiting"] * 54
    assert [row.seat for row in rows] == [1, 2, 3, 4, 5, 6] + [None] * 54
    assert [row.turn for row in rows] == list(range(2, 62))
    assert PeerMeeting.objects.get().seats == 6
