"""Meeting a leader, as people do it: on a phone, with and without JavaScript, the leader by e-mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.actions.leader_requests import chasing
from cohorts.models import Commitment, Deputyship, LeaderRequest
from systemschangers.kernel.models import Letter, Notification
from tests.factories.leader_requests import make_leader, make_leader_request, token_in_letter

pytestmark = pytest.mark.browser
State = LeaderRequest.State


@pytest.fixture(params=["phone", "phone_without_js"])
def any_phone(request):
    """With and without JavaScript."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def leader(world):
    return make_leader(name="Lin Barrow", email="lin@example.org")


def ask(page, sign_in, world):
    """Ana writes to a head of service for the first time, and sends it to her manager."""
    sign_in(page, world.ana)
    page.goto("/leaders/")
    page.get_by_role("link", name="Lin Barrow").click()
    page.get_by_role("link", name="Ask to meet Lin Barrow").click()
    expect(page.get_by_label("Whom do you want to meet?")).to_contain_text("Lin Barrow")
    page.get_by_label("What is the meeting for?").fill("I would like to show what the form does.")
    page.get_by_label("What question do you bring?").fill("Who can change it?")
    page.get_by_role("button", name="Save, and look it over").click()
    page.get_by_role("button", name="Send to Mo Rahman").click()
    expect(page.get_by_text("With Mo Rahman since")).to_be_visible()
    return LeaderRequest.objects.get()


def decide(page, sign_in, who, it, button, words=""):
    page.context.clear_cookies()
    sign_in(page, who)
    page.goto(it.get_absolute_url())
    if words:
        page.get_by_label("Your words").first.fill(words)
    page.get_by_role("button", name=button).click()


def tick(page, label):
    """The whole row of a choice answers to the thumb."""
    page.locator("label").get_by_text(label, exact=True).click()


def offer_three_dates(page):
    page.context.clear_cookies()
    page.goto(f"/leader-links/{token_in_letter('lin@example.org', 'leader_asked')}/")
    for number in (1, 2, 3):
        day = timezone.localdate() + timedelta(days=20 + number)
        page.get_by_label(f"Date {number}").first.fill(day.isoformat())
        page.get_by_label(f"Time of date {number}").fill("10:30")
    page.get_by_label("Where?").fill("Room 4")
    page.get_by_role("button", name="Offer these dates").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_from_asking_to_a_promise_kept(kind, request, world, leader, sign_in, axe, no_sideways):
    page = request.getfixturevalue(kind)
    look = axe if kind == "phone" else lambda *_, **__: None
    it = ask(page, sign_in, world)
    look(page)
    decide(page, sign_in, world.mo, it, "Approve")
    expect(page.get_by_text("With Lin Barrow since")).to_be_visible()
    offer_three_dates(page)
    sign_in(page, world.ana)
    page.goto(it.get_absolute_url())
    no_sideways(page)
    page.locator("label[for=pick_date_1]").click()
    page.get_by_role("button", name="Meet on this date").click()
    expect(page.get_by_text("Room 4").first).to_be_visible()
    assert Letter.objects.exclude(calendar="").count() == 2
    LeaderRequest.objects.update(meets_at=timezone.now() - timedelta(hours=5))
    assert chasing.ask_whether_held(timezone.now()) == 1
    page.reload()
    tick(page, "Yes, we met")
    page.get_by_role("button", name="Say so").click()
    page.get_by_label("What was said?").fill("We looked at the form together.")
    for number, words in ((1, "Ask who owns the form."), (2, "Write back by letter.")):
        page.get_by_label(f"Promise {number} (optional)").fill(words)
        due = timezone.localdate() + timedelta(days=9 * number)
        page.get_by_label(f"Promise {number}: by when").fill(due.isoformat())
    look(page)
    page.get_by_role("button", name="Save, and send the leader a copy").click()
    page.get_by_role("link", name="Ask who owns the form.").click()
    tick(page, "Kept")
    page.get_by_label("How you see it").fill("It is hers now.")
    page.get_by_role("button", name="Save").click()
    tick(page, "Something changed")
    page.get_by_label("In your own words").fill("The form has one page.")
    page.get_by_role("button", name="Close the request").click()
    expect(page.get_by_text("The form has one page.").first).to_be_visible()
    look(page)
    no_sideways(page)
    it.refresh_from_db()
    assert it.state == State.CLOSED
    assert list(Commitment.objects.values_list("state", flat=True)) == ["kept", "open"]


def test_the_manager_is_away_and_the_deputy_decides(phone, world, leader, sign_in, axe):
    Deputyship.objects.all().delete()
    today = timezone.localdate()
    Deputyship.objects.create(person=world.mo, deputy=world.dee, starts=today, ends=today)
    it = make_leader_request(world.ana, leader, world.mo, timezone.now())
    sign_in(phone, world.dee)
    phone.goto(it.get_absolute_url())
    expect(phone.get_by_text("deputy today: Dee Hughes")).to_be_visible()
    axe(phone)
    decide(phone, sign_in, world.dee, it, "Approve", "Go, we cover you.")
    expect(phone.get_by_text("(deputy, for Mo Rahman) said yes")).to_be_visible()
    it.refresh_from_db()
    assert (it.manager_decided_by, it.state) == (world.dee, State.AWAITING_LEADER)


def test_declined_then_approved_on_a_second_look(any_phone, world, leader, sign_in):
    phone = any_phone
    it = make_leader_request(world.ana, leader, world.mo, timezone.now())
    decide(phone, sign_in, world.mo, it, "Say no", "Not in this week.")
    expect(phone.get_by_role("alert")).to_contain_text("Choose a reason")
    expect(phone.get_by_label("Your words").first).to_have_value("Not in this week.")
    phone.get_by_label("If it is no: why?").select_option("timing")
    phone.get_by_role("button", name="Say no").click()
    phone.context.clear_cookies()
    sign_in(phone, world.ana)
    phone.goto(it.get_absolute_url())
    phone.get_by_label("Why should somebody look again?").fill("Lin comes once a year.")
    phone.get_by_role("button", name="Ask for a second look").click()
    expect(phone.get_by_text("With programme staff since")).to_be_visible()
    decide(phone, sign_in, world.cas, it, "Approve 2 hours after all", "The team can cover it.")
    expect(phone.get_by_text("took a second look and said yes")).to_be_visible()
    it.refresh_from_db()
    assert (it.second_look_by, it.state) == (world.cas, State.AWAITING_LEADER)
    assert Letter.objects.filter(to="lin@example.org").count() == 1


def test_silence_is_delayed_then_long_overdue_and_told_once(any_phone, world, leader, sign_in):
    phone = any_phone
    it = make_leader_request(world.ana, leader, world.mo, timezone.now())
    sign_in(phone, world.ana)
    for days, says in ((8, "Delayed"), (20, "Long overdue")):
        LeaderRequest.objects.update(waiting_since=timezone.now() - timedelta(days=days))
        phone.goto(it.get_absolute_url())
        expect(phone.get_by_text(says, exact=True)).to_be_visible()
    for _ in range(3):
        chasing.escalate(timezone.now())
    assert Notification.objects.filter(recipient=world.cas).count() == 1
    assert Letter.objects.filter(to=world.cas.email).count() == 1
    decide(phone, sign_in, world.cas, it, "Approve", "Mo is ill.")
    expect(phone.get_by_text("(deputy, for Mo Rahman) said yes")).to_be_visible()
