"""Sessions: planned, changed, called off; in calendars; and who can't come."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cohorts import tasks
from cohorts.actions import calendar as feeds
from cohorts.actions import cohorts, memberships, session_letters, sessions
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.models import Attendance, Membership, Person, Session, Stage
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.running import STARTS, make_call, make_session, make_tick, pair

TYPED = {
    "title": "Drawing the map",
    "day": "2026-03-17",
    "starts": "14:00",
    "ends": "16:30",
    "where": "Town Hall, room 4",
    "link": "",
    "access": "There is a lift.",
    "stage": "",
}


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def new(world) -> str:
    return reverse("cohorts:session_new", args=[world.cohort.pk])


def given(session, **changes) -> dict:
    names = ("title", "starts_at", "ends_at", "stage", "where", "link", "access", "version")
    return {name: getattr(session, name) for name in names} | changes


def write_letters(session) -> None:
    session.refresh_from_db()
    tasks.write_session_letters(session=session.pk, sequence=session.calendar_sequence)


def events_in(letter) -> dict:
    calendar = Calendar.from_ical(letter.calendar)
    event = next(part for part in calendar.walk("VEVENT"))
    return {"method": str(calendar["METHOD"]), **{key: event[key] for key in event}}


def test_planned_everybody_in_the_cohort_is_told_and_nobody_else(world, new, as_):
    response = as_(world.cas).post(new, TYPED, follow=True)
    session = Session.objects.get()
    assert session.slot == "Tue 17 Mar, 2pm to 4:30pm"
    assert "Everybody in the cohort is told" in response.content.decode()
    assert {n.recipient for n in Notification.objects.all()} == {world.ana, world.zed}
    page = as_(world.ana).get(reverse("home:notifications")).content.decode()
    assert "Cas Mendes has planned a session: “Drawing the map”, Tue 17 Mar" in page


def test_each_gets_a_letter_for_their_calendar_that_names_no_other(world, new, as_):
    as_(world.cas).post(new, TYPED)
    write_letters(Session.objects.get())
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "ana@example.org",
        "cas@example.org",
        "zed@example.org",
    ]
    letter = Letter.objects.get(to="ana@example.org")
    event = events_in(letter)
    assert event["method"] == "REQUEST"
    assert event["LOCATION"] == "Town Hall, room 4"
    assert "There is a lift." in event["DESCRIPTION"]
    assert "zed" not in letter.calendar
    assert "There is a lift." in letter.text
    write_letters(Session.objects.get())
    assert Letter.objects.count() == 3


def test_who_wants_no_letters_gets_none(world, new, as_):
    Person.objects.filter(pk=world.zed.pk).update(hears_by_email=False)
    as_(world.cas).post(new, TYPED)
    write_letters(Session.objects.get())
    assert not Letter.objects.filter(to="zed@example.org").exists()


def test_moved_it_moves_in_the_same_place_of_the_calendar(world, now):
    session = make_session(world.cohort)
    write_letters(session)
    later = session.starts_at + timedelta(hours=1)
    sessions.change(session=session, **given(session, starts_at=later), by=world.cas, at=now)
    write_letters(session)
    first, second = Letter.objects.filter(to="ana@example.org").order_by("pk")
    one, two = events_in(first), events_in(second)
    assert (one["UID"], one["SEQUENCE"], two["SEQUENCE"]) == (two["UID"], 0, 1)
    assert second.subject.startswith("Changed: Drawing the map")


def test_a_change_no_calendar_shows_is_nobodys_news(world, now):
    stage = next(iter(Stage.begin(world.cohort)))
    session = make_session(world.cohort)
    changed = sessions.change(session=session, **given(session, stage=stage), by=world.cas, at=now)
    assert (changed.stage, changed.calendar_sequence) == (stage, 0)
    assert not Notification.objects.exists()


def test_called_off_everybody_hears_why_and_it_leaves_their_calendars(world, now, as_):
    session = make_session(world.cohort)
    url = reverse("cohorts:session_calling_off", args=[session.pk])
    as_(world.cas).post(url, {"words": "The room is flooded."})
    write_letters(session)
    letter = Letter.objects.get(to="ana@example.org")
    event = events_in(letter)
    assert (event["method"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert "The room is flooded." in letter.text
    page = as_(world.ana).get(session.get_absolute_url()).content.decode()
    assert "The room is flooded." in page
    assert "I can’t come" not in page
    assert as_(world.cas).get(url).status_code == 409
    with pytest.raises(WrongState, match="Cas Mendes has already called off"):
        sessions.call_off(session=session, words="", by=world.cas, at=now)


def test_letters_of_an_older_plan_are_not_written(world, now):
    session = make_session(world.cohort)
    sessions.call_off(session=session, words="", by=world.cas, at=now)
    assert session_letters.write_all(session=session.pk, sequence=0, at=now) == 0
    assert session_letters.write_all(session=session.pk, sequence=1, at=now) == 3


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"day": "2026-03-09"}, "day", "has passed"),
        ({"day": "2026-03-10", "starts": "09:00"}, "starts", "has passed"),
        ({"ends": "13:00"}, "ends", "ends before it begins"),
        ({"ends": "14:00"}, "ends", "ends before it begins"),
        ({"starts": "25:00"}, "starts", "a time we can read"),
        ({"day": "2029-01-01"}, "day", "within two years"),
        ({"link": "javascript:alert(1)"}, "link", "not a link"),
        ({"title": " "}, "title", "is empty"),
        ({"stage": "999999"}, "stage", "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(changes, field, says, world, new, as_):
    response = as_(world.cas).post(new, TYPED | changes)
    assert says in " ".join(response.context["form"].errors[field])
    assert "There is a lift." in response.content.decode()
    assert not Session.objects.exists()


def test_the_action_refuses_the_past_and_a_stage_of_others(world, now):
    other = cohorts.add(name="Other", place="", starts=now.date(), ends=None, by=world.cas, at=now)
    plan = {"cohort": world.cohort, "title": "x", "where": "", "link": "", "access": ""}
    when = {"starts_at": STARTS, "ends_at": STARTS + timedelta(hours=1)}
    with pytest.raises(ValidationError, match="not one of this cohort"):
        sessions.plan(**plan, **when, stage=other.stages.first(), by=world.cas, at=now)
    with pytest.raises(ValidationError, match="has passed"):
        sessions.plan(**plan, **when, stage=None, by=world.cas, at=STARTS)
    when["ends_at"] = STARTS
    with pytest.raises(ValidationError, match="end after it starts"):
        sessions.plan(**plan, **when, stage=None, by=world.cas, at=now)


def test_what_has_begun_keeps_its_time_but_not_its_title(world, as_):
    session = make_session(world.cohort, starts_at=NOW.replace(second=20) - timedelta(days=1))
    browser = as_(world.cas)
    url = reverse("cohorts:session_edit", args=[session.pk])
    form = browser.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"starts": typed["starts"].strftime("%H:%M"), "ends": typed["ends"].strftime("%H:%M")}
    assert browser.post(url, typed | {"title": "The map"}).status_code == 302
    session.refresh_from_db()
    assert (session.title, session.starts_at.second) == ("The map", 20)
    answer = browser.post(url, typed | {"day": "2026-03-20", "version": session.version})
    assert "its time stays as it was" in answer.content.decode()
    assert not Notification.objects.exists()


def test_two_change_it_at_once_and_the_second_sees_both(world, as_, now):
    session = make_session(world.cohort)
    sessions.change(session=session, **given(session, where="The hostel"), by=world.cas, at=now)
    with pytest.raises(ChangedMeanwhile):
        sessions.change(session=session, **given(session, where="The park"), by=world.cas, at=now)
    url = reverse("cohorts:session_edit", args=[session.pk])
    answer = as_(world.cas).post(url, TYPED | {"where": "The park", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The hostel" in page
    assert "The park" in page
    again = dict(answer.context["form"].data.items())
    assert as_(world.cas).post(url, again).status_code == 302
    session.refresh_from_db()
    assert session.where == "The park"


def test_a_member_cant_come_and_then_can(world, as_):
    session = make_session(world.cohort)
    browser, url = as_(world.ana), reverse("cohorts:session_coming", args=[session.pk])
    browser.post(url, {"coming": "no"})
    browser.post(url, {"coming": "no"})
    assert Attendance.objects.get().state == "sent_word"
    assert Notification.objects.get().recipient == world.cas
    assert "I can come after all" in browser.get(session.get_absolute_url()).content.decode()
    assert "Ana Okafor" in as_(world.cas).get(session.get_absolute_url()).content.decode()
    assert "Ana Okafor" not in as_(world.zed).get(session.get_absolute_url()).content.decode()
    browser.post(url, {"coming": "yes"})
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("who", "at", "says"),
    [
        ("ana", STARTS, "has begun"),
        ("mo", NOW, "Only the people in this cohort"),
        ("ada", NOW, "Only the people in this cohort"),
    ],
)
def test_who_may_not_say_whether_they_come_reads_why(who, at, says, world):
    session = make_session(world.cohort)
    with pytest.raises(Refused, match=says):
        sessions.cant_come(session=session, by=getattr(world, who), at=at)


def test_somebody_who_withdrew_no_longer_comes_or_sees_it(world, now, as_):
    session = make_session(world.cohort)
    memberships.take_out(membership=world.ana.memberships.get(), by=world.cas, at=now)
    ana = Person.objects.get(pk=world.ana.pk)
    assert as_(ana).get(session.get_absolute_url()).status_code == 404
    with pytest.raises(Refused):
        sessions.cant_come(session=session, by=ana, at=now)


def test_the_lists_show_what_comes_first_and_past_by_itself(world, as_):
    make_session(world.cohort, title="Second", starts_at=STARTS + timedelta(days=7))
    make_session(world.cohort, title="First")
    past = make_session(world.cohort, title="Long ago", starts_at=STARTS - timedelta(days=30))
    make_tick(past, world.ana)
    browser = as_(world.ana)
    for url in (
        reverse("cohorts:sessions"),
        reverse("cohorts:cohort_sessions", args=[world.cohort.pk]),
    ):
        page = browser.get(url).content.decode()
        assert page.index("First") < page.index("Second")
        assert "Long ago" not in page
        page = browser.get(url, {"show": "past"}).content.decode()
        assert "Long ago" in page
        assert "You were there" in page
        assert "Second" not in page
    assert "First" not in as_(world.mo).get(reverse("cohorts:sessions")).content.decode()


def test_the_private_feed_has_sessions_and_calls_and_no_names(world, client, now):
    make_session(world.cohort)
    make_session(world.cohort, "called_off", starts_at=STARTS + timedelta(days=3))
    make_call(pair(world.ana, world.cas, world.cohort), "planned", planned_for=STARTS)
    token = feeds.make_feed(by=world.ana, at=now)
    text = client.get(reverse("cohorts:calendar_feed", args=[token])).content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "Session (Systems Changers)" in text
    assert "Call (Systems Changers)" in text
    assert "Cas" not in text
    assert "Drawing" not in text
    Membership.objects.filter(person=world.ana).update(state="withdrawn")
    text = client.get(reverse("cohorts:calendar_feed", args=[token])).content.decode()
    assert "BEGIN:VEVENT" not in text


def test_by_the_clock_on_the_wall_across_the_day_the_clocks_change(world, new, as_):
    as_(world.cas).post(new, TYPED | {"day": "2026-03-30"})
    assert timezone.localtime(Session.objects.get().starts_at).hour == 14
