"""Two or three of different services: invited, dated, held; time asked along with it; notes after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts import peer_waiting
from cohorts.actions import comparison_notes as notes
from cohorts.actions import time_requests
from cohorts.actions.peer_meetings import chasing, ending, inviting, pair_up
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace, Person, TimeRequest
from cohorts.waiting import waiting
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.peer_meetings import make_note, make_open_meeting, make_peer_meeting
from tests.factories.time import make_agreement, make_time

State, Place = PeerMeeting.State, PeerPlace.State


def dates_of(now, *days):
    return [now + timedelta(days=day) for day in days]


def invited(world, now, **fields):
    given = {"person": world.zed, "question": "Who holds the key?", "by": world.ana, "at": now}
    return inviting.invite(**(given | fields))


def heard(person, verb):
    return Notification.objects.filter(recipient=person, event__verb=verb).count()


def picks(meeting, who, now):
    return inviting.answer_dates(meeting=meeting, dates=[meeting.dates.first()], by=who, at=now)


def test_an_invitation_with_dates_is_arranged_with_one_answer(world, now):
    meeting = invited(world, now, dates=dates_of(now, 4, 5, 6), where="Canal Street")
    assert heard(world.zed, "peer_meeting.invited") == 1
    meeting = picks(meeting, world.zed, now)
    assert (meeting.state, meeting.meets_at) == (State.ARRANGED, now + timedelta(days=4))
    letters = Letter.objects.exclude(calendar="")
    assert {letter.to for letter in letters} == {world.ana.email, world.zed.email}
    for letter in letters:
        other = world.zed if letter.to == world.ana.email else world.ana
        assert other.email not in letter.calendar
        assert "Who holds the key" not in letter.text + letter.calendar


def test_time_is_asked_along_with_it_where_the_agreement_says_so(world, now):
    make_agreement(world.ana, cover="Dee takes my calls.")
    meeting = picks(invited(world, now, dates=dates_of(now, 4)), world.zed, now)
    asked = TimeRequest.objects.get()
    assert (asked.worker, asked.manager, asked.state) == (world.ana, world.mo, "requested")
    assert asked.cover == "Dee takes my calls."
    assert "Canal Street hostel" in asked.note
    assert "key" not in asked.note
    assert "Zed" not in asked.note
    time_requests.approve(request=asked, by=world.mo, at=now)
    with pytest.raises(Refused, match="belongs to a meeting"):
        time_requests.withdraw(request=asked, by=world.ana, at=now)
    ending.call_off(meeting=meeting, words="Ill.", by=world.zed, at=now)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert heard(world.mo, "time.withdrawn") == 1
    assert Letter.objects.filter(calendar__contains="METHOD:CANCEL").count() == 2


def test_approved_time_counts_as_taken_once_it_is_held(world, now):
    make_agreement(world.ana)
    meeting = picks(invited(world, now, dates=dates_of(now, 4)), world.zed, now)
    time_requests.approve(request=TimeRequest.objects.get(), by=world.mo, at=now)
    ending.hold(meeting=meeting, by=world.zed, at=now + timedelta(days=5))
    assert TimeRequest.objects.get().state == "taken"


def test_time_of_a_meeting_that_did_not_happen_is_the_workers_to_tell_of(world, now):
    make_agreement(world.ana)
    meeting = picks(invited(world, now, dates=dates_of(now, 4)), world.zed, now)
    time_requests.approve(request=TimeRequest.objects.get(), by=world.mo, at=now)
    later = now + timedelta(days=5)
    ending.miss(meeting=meeting, words="", by=world.zed, at=later)
    lost = time_requests.lose(request=TimeRequest.objects.get(), by=world.ana, at=later)
    assert lost.state == "lost"


def test_no_second_request_where_time_is_approved_already(world, now):
    make_agreement(world.ana)
    make_time(world.ana, "approved", starts_at=now + timedelta(days=4), hours=3)
    picks(invited(world, now, dates=dates_of(now, 4)), world.zed, now)
    assert TimeRequest.objects.count() == 1


def test_a_visit_is_half_a_day_and_asks_for_time_to_visit(world, now):
    make_agreement(world.ana)
    meeting = picks(invited(world, now, kind="visit", dates=dates_of(now, 4)), world.zed, now)
    asked = TimeRequest.objects.get()
    assert (meeting.hours, asked.purpose, asked.hours) == (3.5, "visit", 3.5)


def test_nobody_is_invited_who_does_not_want_to_be(world, now):
    world.zed.open_to_meet, world.zed.meeting_answered_at = False, now
    with pytest.raises(Refused, match="not open to meeting"):
        invited(world, now)
    with pytest.raises(Refused, match="That is you"):
        invited(world, now, person=world.ana)
    with pytest.raises(Refused, match="no longer here"):
        invited(world, now, person=world.ended)


@pytest.mark.parametrize(
    ("days", "says"),
    [((-1,), "passed"), ((3, 3), "twice"), ((400,), "within a year"), ((1,) * 9, "up to 6")],
)
def test_dates_that_cannot_be_are_refused_in_words(days, says, world, now):
    with pytest.raises(ValidationError, match=says):
        invited(world, now, dates=dates_of(now, *days))
    assert not PeerMeeting.objects.exists()


def test_a_pair_made_by_staff_is_asked_alike_and_either_begins(world, now):
    meeting = pair_up(people=[world.ana, world.zed], question="How?", by=world.cas, at=now)
    assert heard(world.ana, "peer_meeting.paired") == heard(world.zed, "peer_meeting.paired") == 1
    inviting.propose_dates(meeting=meeting, dates=dates_of(now, 4, 5), by=world.zed, at=now)
    meeting = picks(meeting, world.ana, now)
    assert meeting.state == State.ARRANGED
    assert set(meeting.places.values_list("seat", flat=True)) == {1, 2}
    for wrong in ([world.ana], [world.ana, world.ana], [world.ana] * 4):
        with pytest.raises(ValidationError, match="pair"):
            pair_up(people=wrong, question="How?", by=world.cas, at=now)


def test_in_a_trio_the_first_leaves_what_suits_and_the_last_picks(world, now):
    meeting = pair_up(
        people=[world.ana, world.zed, world.lee], question="How?", by=world.cas, at=now
    )
    inviting.propose_dates(meeting=meeting, dates=dates_of(now, 4, 5, 6), by=world.ana, at=now)
    some = list(meeting.dates.all())[1:]
    inviting.answer_dates(meeting=meeting, dates=some, by=world.zed, at=now)
    assert list(meeting.dates.all()) == some
    assert heard(world.lee, "peer_meeting.dates_answered") == 1
    with pytest.raises(ValidationError, match="the one date"):
        inviting.answer_dates(meeting=meeting, dates=some, by=world.lee, at=now)
    meeting = inviting.answer_dates(meeting=meeting, dates=some[:1], by=world.lee, at=now)
    assert meeting.meets_at == now + timedelta(days=5)


def test_one_of_a_trio_says_no_and_the_two_go_on(world, now):
    meeting = pair_up(
        people=[world.ana, world.zed, world.lee], question="How?", by=world.cas, at=now
    )
    inviting.propose_dates(meeting=meeting, dates=dates_of(now, 4, 5), by=world.ana, at=now)
    meeting = inviting.decline(meeting=meeting, words="Not now.", by=world.lee, at=now)
    assert meeting.state == State.DATES_PROPOSED
    assert heard(world.cas, "peer_meeting.declined") == 1
    assert picks(meeting, world.zed, now).state == State.ARRANGED


def test_both_are_asked_once_whether_they_met(world, now):
    meeting = make_peer_meeting(world.ana, world.zed, at=now, state=State.ARRANGED)
    during = meeting.meets_at + timedelta(minutes=30)
    assert chasing.ask_whether_held(during) == 0
    later = meeting.meets_at + timedelta(hours=3)
    assert [chasing.ask_whether_held(later) for _ in range(3)] == [1, 0, 0]
    for who in (world.ana, world.zed):
        assert heard(who, "peer_meeting.asked_whether_held") == 1


def test_reminders_stop_once_a_note_is_written_or_somebody_says_it_did_not_happen(world, now):
    held = make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    notes.write(meeting=held, we_do="A", they_do="", will_try="", by=world.zed, at=now)
    missed = make_peer_meeting(world.ana, world.lee, at=now, state=State.ARRANGED)
    ending.miss(meeting=missed, words="", by=world.ana, at=missed.meets_at + timedelta(days=1))
    days = [chasing.remind_of_notes(now + timedelta(days=day)) for day in (1, 2, 3, 8, 9, 10, 40)]
    assert days == [0, 1, 0, 0, 1, 0, 0]
    assert heard(world.ana, "comparison_note.reminded") == 2
    assert heard(world.zed, "comparison_note.reminded") == 0


def test_a_note_is_seen_by_those_who_met_and_by_nobody_else(world, now):
    held = make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    note = notes.write(meeting=held, we_do="A", they_do="B", will_try="C", by=world.ana, at=now)
    seen = {
        name
        for name in ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
        if ComparisonNote.objects.visible_to(getattr(world, name)).filter(pk=note.pk).exists()
    }
    assert seen == {"ana", "zed"}
    assert heard(world.zed, "comparison_note.written") == 1
    with pytest.raises(Refused):
        notes.write(meeting=held, we_do="A", they_do="", will_try="", by=world.mo, at=now)
    with pytest.raises(ValidationError, match="A line is enough"):
        notes.write(meeting=held, we_do=" ", they_do="", will_try="", by=world.zed, at=now)


def test_who_was_not_at_an_open_meeting_reads_no_notes_of_it(world, now):
    held = make_open_meeting(world.zed, world.ana, world.lee, at=now, state=State.HELD)
    make_note(held, world.zed, now)
    assert ComparisonNote.objects.visible_to(world.lee).exists()
    ending.was_not_there(meeting=held, by=world.lee, at=now)
    assert not ComparisonNote.objects.visible_to(world.lee).exists()
    with pytest.raises(ValidationError, match="nobody met"):
        ending.was_not_there(meeting=held, by=world.ana, at=now)


def test_what_they_wanted_to_try_comes_back_after_four_weeks_once(world, now):
    held = make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    make_note(held, world.ana, now)
    make_note(held, world.zed, now, will_try="")
    weeks = [notes.ask_how_it_went(at=now + timedelta(weeks=week)) for week in (3, 4, 5)]
    assert weeks == [0, 1, 0]
    (row,) = waiting(peer_waiting.KINDS, world.ana, now + timedelta(weeks=5))
    assert "You wanted to try something" in row.label
    note = ComparisonNote.objects.get(author=world.ana)
    notes.tell_tried(note=note, tried="yes", words="The ward rang back.", by=world.ana, at=now)
    assert heard(world.zed, "comparison_note.tried") == 1
    assert waiting(peer_waiting.KINDS, world.ana, now + timedelta(weeks=5)) == []


def test_one_tap_makes_a_draft_win_with_the_words_once(world, now, as_):
    from wins.models import Win

    held = make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    note = make_note(
        held, world.ana, now, tried="yes", tried_words="The ward rang back.", tried_at=now
    )
    url = reverse("home:note_win", args=[note.pk])
    browser = as_(world.ana)
    first, second = browser.post(url), browser.post(url)
    win = Win.objects.get()
    assert first.url == second.url == reverse("wins:edit", args=[win.pk])
    assert (win.what_happened, win.state) == ("The ward rang back.", "draft")
    page = browser.get(win.get_absolute_url()).content.decode()
    assert "This came of a comparison note" in page


def test_what_waits_is_shown_to_whom_it_waits_for(world, now):
    def rows(person):
        return [row.label for row in waiting(peer_waiting.KINDS, person, now)]

    meeting = make_peer_meeting(world.ana, world.zed, at=now)
    assert (rows(world.ana), len(rows(world.zed))) == ([], 1)
    inviting.propose_dates(meeting=meeting, dates=dates_of(now, 4), by=world.zed, at=now)
    assert rows(world.ana) == ["Say which dates suit you"]
    assert rows(world.zed) == []
    PeerMeeting.objects.all().delete()
    make_peer_meeting(world.ana, world.zed, at=now, state=State.HELD)
    assert rows(world.zed) == ["Write down what you compared"]
    make_open_meeting(world.zed, world.ana, at=now, meets_at=now - timedelta(hours=3))
    assert "Did you meet?" not in rows(world.ana)
    assert "Did you meet?" in rows(world.zed)


def test_the_database_refuses_what_the_code_would(world, now):
    meeting = make_peer_meeting(world.ana, world.zed, at=now)
    for wrong, says in (
        ({"state": "arranged"}, "peer_meeting_arranged_has_a_date"),
        ({"state": "held", "meets_at": now}, "peer_meeting_held_has_a_time"),
        ({"state": "dates_proposed"}, "peer_meeting_dates_are_somebodys"),
        ({"state": "called_off"}, "peer_meeting_called_off_has_a_time"),
        ({"kind": "open"}, "peer_meeting_(seats_of_its_kind|open_is_never)"),
        ({"hours": 13}, "peer_meeting_hours_in_reason"),
        ({"state": "nonsense"}, "peer_meeting_"),
    ):
        with pytest.raises(IntegrityError, match=says), transaction.atomic():
            PeerMeeting.objects.filter(pk=meeting.pk).update(**wrong)


@pytest.mark.parametrize("show", ["mine", "open"])
def test_the_list_takes_as_many_queries_for_one_as_for_thirty(show, world, as_):
    now = timezone.now()
    browser = as_(world.ana)

    def make():
        other = make_person(world.hostel)
        if show == "mine":
            make_peer_meeting(world.ana, other, at=now)
        else:
            make_open_meeting(other, world.zed, make_person(), at=now)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("cohorts:peer_meetings"), {"show": show}).status_code == 200
        return len(captured)

    make()
    browser.get("/meetings/")
    one = queries()
    for _ in range(29):
        make()
    assert queries() == one <= 8, one


def test_open_meetings_come_soonest_first_and_page_without_a_gap(world, as_):
    now = timezone.now()
    for number in range(30):
        make_open_meeting(world.zed, at=now, meets_at=now + timedelta(days=1 + (number * 7) % 31))
    browser = as_(world.ana)
    first = browser.get("/meetings/", {"show": "open"}).context["page"]
    second = browser.get("/meetings/", {"show": "open", "page": first.older}).context["page"]
    days = [meeting.meets_at for meeting in [*first, *second]]
    assert len(days) == 30
    assert days == sorted(days)


def test_the_page_of_a_meeting_stays_flat_with_its_people(world, as_):
    now, browser = timezone.now(), as_(world.ana)

    def queries(meeting) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(meeting.get_absolute_url()).status_code == 200
        return len(captured)

    few = make_open_meeting(world.zed, world.ana, at=now, seats=40)
    many = make_open_meeting(
        world.zed, world.ana, *[make_person(world.hostel) for _ in range(38)], at=now, seats=30
    )
    assert queries(many) == queries(few) <= 16


def test_only_who_has_a_seat_reads_the_link_and_how_to_get_in(world, as_):
    meeting = make_open_meeting(
        world.zed, world.ana, at=timezone.now(), link="https://calls.example.org/x",
        access_note="Ring twice.",
    )  # fmt: skip
    for who, sees in ((world.ana, True), (world.lee, False)):
        page = as_(who).get(meeting.get_absolute_url()).content.decode()
        assert ("calls.example.org" in page) is sees
        assert ("Ring twice." in page) is sees


def test_the_private_feed_holds_when_and_where_to_read_more_and_no_names(world, client):
    from cohorts.actions.calendar import make_feed

    make_peer_meeting(world.ana, world.zed, at=timezone.now(), state=State.ARRANGED)
    token = make_feed(by=world.ana, at=timezone.now())
    text = client.get(reverse("cohorts:calendar_feed", args=[token])).content.decode()
    assert "UID:peer-meeting-" in text
    assert "Zed" not in text
    assert "hospital" not in text


def test_a_colleague_of_the_same_service_is_said_so_and_not_forbidden(world, as_, now):
    meeting = invited(world, timezone.now(), person=world.mo)
    page = as_(world.ana).get(meeting.get_absolute_url()).content.decode()
    assert "You work in the same service" in page
    assert Person.objects.count() > 5
