"""Meeting across services, on a phone: from a question to a practice that a third service borrows; and an
open meeting whose waiting list moves up. With and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.actions import borrowings
from cohorts.actions.peer_meetings import chasing
from cohorts.models import Borrowing, PeerMeeting, PeerPlace, Practice, TimeRequest
from systemschangers.kernel.models import Letter, Notification
from tests.factories.cohorts import make_person
from tests.factories.peer_meetings import make_open_meeting
from tests.factories.time import make_agreement

pytestmark = pytest.mark.browser


def tick(page, label):
    """The whole row of a choice answers to the thumb."""
    page.locator("label").get_by_text(label, exact=True).click()


def invite(ana, zed_name):
    """Ana asks Zed one question, with three dates."""
    ana.goto("/leaders/")
    ana.get_by_role("link", name="Meetings", exact=True).click()
    ana.get_by_role("link", name="Invite somebody").first.click()
    ana.get_by_label("Whom do you want to meet?").fill(zed_name)
    ana.get_by_label("What would you like to compare?").fill("Who holds a bed during hospital?")
    ana.get_by_text("Propose dates straight away").click()
    for number in (1, 2, 3):
        day = timezone.localdate() + timedelta(days=10 + number)
        ana.get_by_label(f"Date {number} (optional)", exact=True).fill(day.isoformat())
        ana.get_by_label(f"Time of date {number}").fill("14:00")
    ana.get_by_label("Where?").fill("Canal Street, the day room")
    ana.get_by_role("button", name="Send the invitation").click()
    expect(ana.get_by_text("Zed Kowalski has been told.")).to_be_visible()


def write_note(page, meeting, **words):
    page.goto(f"{meeting.get_absolute_url()}note/")
    for label, text in words.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name="Save your note").click()
    expect(page.get_by_text("Those who met can read it.")).to_be_visible()


def test_from_a_question_to_a_practice_that_travels(world, at_home, axe, no_sideways):
    look = axe if at_home.with_js else lambda *_, **__: None
    make_agreement(world.ana)
    ana, zed = at_home(world.ana), at_home(world.zed)
    invite(ana, "zed kowalski")
    zed.goto("/")
    zed.get_by_role("link", name="Say which dates suit you").click()
    look(zed)
    zed.locator("label[for=answer_dates_1]").click()
    zed.get_by_role("button", name="This suits me").click()
    expect(zed.get_by_text("Canal Street, the day room").first).to_be_visible()
    assert Letter.objects.exclude(calendar="").count() == 2
    asked = TimeRequest.objects.get()
    assert (asked.worker, asked.purpose, asked.state) == (world.ana, "peer_meeting", "requested")

    meeting = PeerMeeting.objects.get()
    PeerMeeting.objects.update(meets_at=timezone.now() - timedelta(hours=5))
    assert chasing.ask_whether_held(timezone.now()) == 1
    zed.goto("/")
    zed.get_by_role("link", name="Did you meet?").click()
    tick(zed, "Yes, we met")
    zed.get_by_role("button", name="Say so").click()
    write_note(zed, meeting, We_do="We ring the ward at nine.", They_do="They give it away.")
    ana.goto("/")
    ana.get_by_role("link", name="Write down what you compared").click()
    look(ana)
    write_note(ana, meeting, We_do="We give the bed away.", They_do="They ring the ward.")
    expect(ana.get_by_text("We ring the ward at nine.")).to_be_visible()
    look(ana)
    no_sideways(ana)

    zed.goto(meeting.get_absolute_url())
    zed.get_by_role("link", name="Make a practice of this note by Zed Kowalski").click()
    expect(zed.get_by_label("What do they, or you, do?")).to_have_value("We ring the ward at nine.")
    zed.get_by_label("What is it, in a few words?").fill("A call to the ward at nine")
    zed.get_by_label("Whose practice is it?").select_option(
        label="Canal Street hostel, Northby Doorway"
    )
    zed.get_by_label("When does it work?").fill("The ward knows your voice.")
    zed.get_by_role("button", name="Save, and look it over").click()
    zed.get_by_role("button", name="Ask Ana Okafor to agree").click()
    ana.goto("/")
    ana.get_by_role("link", name="Do you agree to publish this practice?").click()
    ana.get_by_role("button", name="Agree, and publish it").click()
    expect(ana.get_by_text("Where it has travelled")).to_be_visible()

    lee = at_home(world.lee)
    lee.goto("/practices/")
    lee.get_by_label("Search practices").fill("ring ward")
    lee.get_by_role("button", name="Search").click()
    lee.get_by_role("link", name="A call to the ward at nine").click()
    lee.get_by_role("link", name="We do this too, or borrow it").click()
    tick(lee, "We are borrowing it")
    lee.get_by_role("button", name="Put us on its page").click()
    expect(lee.get_by_text("We ask you in eight weeks.")).to_be_visible()
    Borrowing.objects.update(since=timezone.now() - timedelta(weeks=9))
    assert borrowings.ask_how_it_went(at=timezone.now()) == 1
    lee.goto("/")
    lee.get_by_role("link", name="You borrowed a practice. How did it go?").click()
    tick(lee, "We changed it to fit")
    lee.get_by_label("Why?").fill("We text, since our phones are shared.")
    lee.get_by_role("button", name="Save").click()
    lee.get_by_role("button", name="Log it as a small win").click()
    expect(lee.get_by_label("What happened?")).to_have_value(
        "We text, since our phones are shared."
    )
    ana.goto(Practice.objects.get().get_absolute_url())
    expect(ana.get_by_text("borrowed it from Canal Street hostel")).to_be_visible()
    expect(ana.get_by_text("We text, since our phones are shared.")).to_be_visible()
    look(ana)
    no_sideways(ana)


def test_six_seats_nine_people_two_leave_and_two_move_up(world, at_home, axe, no_sideways):
    now = timezone.now()
    people = [make_person(world.hostel) for _ in range(7)]
    meeting = make_open_meeting(world.zed, *people[:5], at=now)
    ana, mo = at_home(world.ana), at_home(world.mo)
    for page, button, says in (
        (ana, "Take a seat", "You have a seat."),
        (mo, "Join the waiting list", "You are on the waiting list."),
    ):
        page.goto("/meetings/?show=open")
        page.get_by_role("link", name="How do you hold a bed").click()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(says).first).to_be_visible()
    expect(mo.get_by_text("You are number 1 on the waiting list")).to_be_visible()
    for person in people[5:]:
        page = at_home(person)
        page.goto(meeting.get_absolute_url())
        page.get_by_role("button", name="Join the waiting list").click()
    assert meeting.places.filter(state="waiting").count() == 3
    for page in (ana, at_home(people[0])):
        page.goto(meeting.get_absolute_url())
        page.get_by_text("You can’t come?").click()
        page.get_by_role("button", name="Give up my seat").click()
        expect(page.get_by_text("Done. Whoever it concerns is told.")).to_be_visible()
    waits = PeerPlace.objects.get(meeting=meeting, state="waiting")
    assert waits.person == people[6]
    told = Notification.objects.filter(event__verb="peer_meeting.moved_up").order_by("id")
    assert [one.recipient for one in told] == [world.mo, people[5]]
    assert Letter.objects.filter(to=world.mo.email, calendar__contains="METHOD:REQUEST").exists()
    mo.goto("/noticed/")
    expect(mo.get_by_text("A seat came free").first).to_be_visible()
    mo.goto(meeting.get_absolute_url())
    expect(mo.get_by_text("6 of 6 seats taken")).to_be_visible()
    if at_home.with_js:
        axe(mo)
    no_sideways(mo)
