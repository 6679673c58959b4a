"""Permission and time, on a phone: an agreement, time asked, decided in place, taken, in the ledger."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cohorts.models import Deputyship, TimeRequest
from tests.cohorts.test_manager_links import newest_token, propose
from tests.factories.memberships import without_agreement
from tests.factories.time import make_agreement, make_time

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with_js", "without_js"])
def pages(request, open_browser):
    """A phone for each person, with and without JavaScript."""
    return lambda: open_browser(java_script_enabled=request.param == "with_js")


@pytest.fixture
def at_home(pages, sign_in):
    def phone_of(person) -> Page:
        page = pages()
        sign_in(page, person)
        return page

    return phone_of


def monday() -> datetime:
    """Two o'clock on the Monday after next, in London."""
    today = timezone.localdate()
    day = today + timedelta(days=14 - today.weekday())
    return timezone.make_aware(datetime.combine(day, time(14)))


def test_the_worker_proposes_and_the_manager_agrees(world, at_home):
    without_agreement(world.ana)
    ana = at_home(world.ana)
    ana.goto("/time/")
    ana.get_by_role("link", name="propose an agreement").click()
    ana.get_by_role("link", name="Propose an agreement").click()
    ana.get_by_label("Hours a month").fill("8")
    ana.get_by_label("How is your work covered").fill("Dee takes my calls on Mondays.")
    ana.get_by_label("What does your team get back").fill("A short talk each month.")
    ana.get_by_label("Until when").fill((monday().date() + timedelta(days=180)).isoformat())
    ana.get_by_role("button", name="Propose this").click()
    expect(ana.get_by_text("Mo Rahman has been told.")).to_be_visible()

    mo = at_home(world.mo)
    mo.goto("/decisions/")
    expect(mo.get_by_text("Dee takes my calls on Mondays.")).to_be_visible()
    mo.get_by_role("button", name="Agree to 8 hours a month").click()
    expect(mo.get_by_text("You agreed. Ana Okafor has been told.")).to_be_visible()
    expect(mo.get_by_text("Nothing waits for you")).to_be_visible()

    ana.goto("/time/")
    expect(ana.get_by_text("8 hours are agreed")).to_be_visible()


def test_time_asked_approved_taken_and_in_the_ledger(world, at_home):
    make_agreement(world.ana, at=timezone.now() - timedelta(days=40))
    ana = at_home(world.ana)
    ana.goto("/time/")
    ana.get_by_role("link", name="Ask for time").click()
    ana.get_by_label("Which day").fill(monday().date().isoformat())
    ana.get_by_label("From", exact=True).fill("14:00")
    ana.get_by_label("To (optional)", exact=True).fill("17:00")
    ana.get_by_label("How is your work covered").fill("Dee")
    ana.get_by_role("button", name="Ask for this time").click()
    expect(ana.get_by_text("Asked. Mo Rahman has been told.")).to_be_visible()

    mo = at_home(world.mo)
    mo.goto("/decisions/")
    mo.get_by_role("button", name="Approve 3 hours").click()
    expect(mo.get_by_text("Approved 3 hours for Ana Okafor")).to_be_visible()

    began = timezone.now() - timedelta(hours=4)
    TimeRequest.objects.update(starts_at=began, ends_at=began + timedelta(hours=3))
    ana.goto("/time/")
    expect(ana.get_by_role("heading", name="How did it go?")).to_be_visible()
    ana.get_by_role("button", name="Taken").click()
    expect(ana.get_by_text("Noted: taken.")).to_be_visible()
    ana.goto("/ledger/")
    month = f"{timezone.localtime(began):%b %Y}"
    row = ana.get_by_role("row", name=month)
    assert row.inner_text().split()[-5:] == ["8", "3", "3", "3", "0"]
    mo.goto("/ledger/team/")
    expect(mo.get_by_role("row", name="Ana Okafor")).to_be_visible()


def test_the_manager_is_away_and_the_deputy_asks_then_declines(world, at_home):
    today = timezone.localdate()
    Deputyship.objects.update(starts=today, ends=today)
    make_time(world.ana, starts_at=monday(), asked_at=timezone.now())
    dee = at_home(world.dee)
    dee.goto("/decisions/")
    expect(dee.get_by_text("For Mo Rahman, who is away")).to_be_visible()
    dee.get_by_text("Say something, ask for more or decline").click()
    dee.get_by_role("button", name="Decline").click()
    expect(dee.get_by_text("There is a problem")).to_be_visible()
    dee.get_by_label("Your words").fill("We are two short that day. The week after?")
    dee.get_by_label("Ground").select_option("cover")
    dee.get_by_role("button", name="Decline").click()
    expect(dee.get_by_text("Declined 2 hours for Ana Okafor")).to_be_visible()

    ana = at_home(world.ana)
    ana.goto("/time/")
    ana.get_by_role("link", name="2pm to 4pm").click()
    expect(ana.get_by_text("Dee Hughes, deputy for Mo Rahman")).to_be_visible()
    expect(ana.get_by_text("The week after?")).to_be_visible()


def test_the_decisions_page_by_keyboard_alone(world, phone, sign_in):
    make_time(world.ana, starts_at=monday(), asked_at=timezone.now())
    sign_in(phone, world.mo)
    phone.goto("/decisions/")
    for _ in range(40):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.value") == "approve":
            break
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Approved 2 hours")).to_be_visible()


def test_every_page_of_time_can_be_used_by_everybody(world, phone, sign_in, axe, no_sideways):
    make_agreement(world.ana, at=timezone.now())
    proposed = make_agreement(world.ana, "proposed", hours_a_month=10, at=timezone.now())
    asked = make_time(world.ana, starts_at=monday(), asked_at=timezone.now(), note="Look back.")
    told = make_time(world.ana, "approved", starts_at=timezone.now() - timedelta(days=1))
    more = make_time(world.ana, "more_asked", starts_at=monday() + timedelta(days=1))
    make_time(world.ana, "declined", starts_at=monday() + timedelta(days=2))
    looked_at = {
        world.mo: [
            "/decisions/",
            f"/agreements/{proposed.pk}/",
            f"/time/{asked.pk}/",
            "/ledger/team/",
            f"/agreements/{proposed.pk}/ending/",
        ],
        world.ana: [
            "/time/",
            "/time/new/",
            f"/time/{told.pk}/",
            f"/time/{more.pk}/answer/",
            "/agreements/",
            "/ledger/",
        ],
        world.lee: ["/decisions/", "/agreements/new/"],
    }
    for person, addresses in looked_at.items():
        sign_in(phone, person)
        for address in addresses:
            assert phone.goto(address).status == 200, address
            no_sideways(phone)
            axe(phone)


def test_a_manager_without_an_account_agrees_by_the_letter(
    request, world, pages, at_home, axe, no_sideways
):
    without_agreement(world.ana)
    propose(world.ana, timezone.now())
    token = newest_token(world.mo.email)
    mo = pages()
    mo.goto(f"/manager-links/{token}/")
    expect(mo.get_by_text("Nothing is decided until you press a button.")).to_be_visible()
    expect(mo.get_by_text("Dee takes my calls.")).to_be_visible()
    no_sideways(mo)
    if request.node.callspec.params["pages"] == "with_js":
        axe(mo)
    mo.get_by_text("Say something, or talk it through").click()
    mo.get_by_role("button", name="Talk it through").click()
    expect(mo.get_by_text("Say what needs talking through").first).to_be_visible()
    mo.get_by_role("button", name="Agree to 6 hours a month").click()
    expect(mo.get_by_role("heading", name="Thank you. That is decided.")).to_be_visible()
    mo.goto(f"/manager-links/{token}/")
    expect(mo.get_by_role("heading", name="This link has been used")).to_be_visible()
    ana = at_home(world.ana)
    ana.goto("/agreements/")
    ana.get_by_role("link", name="6 hours a month").first.click()
    expect(ana.get_by_text("Mo Rahman, ").first).to_be_visible()
