"""Barriers as people meet them: raised without a name, come back to by receipt, answered, not fixed, open
again, fixed; and raised with a name, met elsewhere too, put together, answered by letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from labs.actions.barriers import confirming, held
from labs.models import Barrier, HeldBarrier
from systemschangers.kernel.models import Event, Letter, Submission
from tests.factories.barriers import make_barrier
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.browser
RECEIPT = "/barriers/receipt/"
LEE = "Lee Whitaker, lead for homelessness"


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def pages(request, open_browser):
    return lambda: open_browser(java_script_enabled=request.param == "with JavaScript")


@pytest.fixture
def at_home(pages, sign_in):
    def phone_of(person) -> Page:
        page = pages()
        sign_in(page, person)
        return page

    return phone_of


def by_receipt(page: Page, code: str) -> None:
    page.goto(RECEIPT)
    page.get_by_label("Your receipt").fill(code.lower())
    page.get_by_role("button", name="See what became of it").click()
    expect(page.get_by_role("heading", name="What became of it")).to_be_visible()


def a_month_passes() -> None:
    """Since the change was told; the raiser is asked."""
    Barrier.objects.filter(state="changed").update(
        changed_on=timezone.localdate() - timedelta(weeks=4)
    )
    assert confirming.ask_whether_fixed(at=timezone.now()) == 1


def test_an_anonymous_barrier_from_raised_to_fixed(world, pages, at_home):
    make_leader(world.lee)
    somebody = pages()
    somebody.goto("/barriers/anonymous/")
    expect(somebody.get_by_text("This page does not know who you are")).to_be_visible()
    somebody.get_by_role("button", name="Raise it anonymously").click()
    expect(somebody.get_by_text("There is a problem")).to_be_visible()
    somebody.get_by_label("What gets in the way?").fill("Names of the sick are on the screen.")
    somebody.get_by_label("Who feels it?").fill("Whoever comes in ill")
    somebody.get_by_role("button", name="Raise it anonymously").click()
    code = somebody.locator(".receipt").inner_text()
    assert len(code.split()) == 5
    somebody.context.close()

    somebody = pages()
    by_receipt(somebody, code)
    expect(somebody.get_by_text("Not on the board yet")).to_be_visible()
    assert held.run_batch(at=timezone.now() + timedelta(days=4)) == 1
    Barrier.objects.update(shown_on=timezone.localdate())

    cas = at_home(world.cas)
    cas.goto("/barriers/")
    cas.get_by_role("link", name="Names of the sick").click()
    expect(cas.get_by_text("Raised anonymously in the week of")).to_be_visible()
    cas.get_by_role("link", name="Ask a leader to answer").click()
    cas.get_by_label("Who has the power to change it?").select_option(
        label="Lee Whitaker, lead for homelessness"
    )
    cas.get_by_role("button", name="Ask them").click()
    expect(cas.get_by_text("Lee Whitaker is asked.")).to_be_visible()

    lee = at_home(world.lee)

    def lee_says(title: str, words: str, button: str) -> None:
        lee.goto("/")
        lee.get_by_role("link", name="A barrier you have the power to change").click()
        lee.get_by_text(title, exact=True).click()
        step = lee.locator("details").filter(has=lee.get_by_text(title, exact=True))
        step.get_by_role("textbox").fill(words)
        lee.get_by_role("button", name=button).click()
        expect(lee.get_by_text("Said. Whoever told of this barrier")).to_be_visible()

    lee_says("It has changed", "The screen is off now.", "Say that it has changed")
    by_receipt(somebody, code)
    expect(somebody.get_by_text("The screen is off now.")).to_be_visible()
    expect(somebody.get_by_role("button", name="Yes, it is fixed")).to_have_count(0)
    a_month_passes()
    by_receipt(somebody, code)
    somebody.get_by_label("What is it like now?").fill("It is read aloud instead.")
    somebody.get_by_role("button", name="No, it is not fixed").click()
    expect(somebody.get_by_text("comes on the board tonight")).to_be_visible()
    held.run_batch(at=timezone.now())
    assert Barrier.objects.get().state == "raised"

    lee_says("It has changed", "Nobody reads it aloud.", "Say that it has changed")
    expect(lee.get_by_text("It is read aloud instead.")).to_be_visible()
    a_month_passes()
    by_receipt(somebody, code)
    somebody.get_by_role("button", name="Yes, it is fixed").click()
    expect(somebody.get_by_text("comes on the board tonight")).to_be_visible()
    held.run_batch(at=timezone.now())
    cas.goto("/barriers/?kind=fixed")
    expect(cas.get_by_role("link", name="Names of the sick")).to_be_visible()
    assert not Submission.objects.filter(person=None).exists()
    assert not Event.objects.filter(target_type="labs.heldbarrier").exists()
    assert not HeldBarrier.objects.exists()


def test_a_barrier_with_a_name_is_met_elsewhere_put_together_and_answered_by_letter(
    world, phone, sign_in, axe, no_sideways
):
    make_leader(name="Ruth Calloway", email="ruth@example.org", organisation=world.charity)
    make_barrier(world.zed, "No postcode, no form.")
    sign_in(phone, world.ana)
    phone.goto("/barriers/new/")
    phone.get_by_label("What gets in the way?").fill("The form asks for an address.")
    phone.get_by_text("Say more").click()
    phone.get_by_text("A written rule").click()
    phone.get_by_label("If it is written: which rule?").fill("Page 4")
    phone.get_by_label("Who has the power to change it?").select_option(
        label="Ruth Calloway, lead for homelessness"
    )
    phone.get_by_role("button", name="Raise this barrier").click()
    expect(phone.get_by_text("Raised. It is on the board.")).to_be_visible()
    address = phone.url

    sign_in(phone, world.zed)
    phone.goto(address)
    phone.get_by_label("How does it show where you work?").fill("We write our own office down.")
    phone.get_by_role("button", name="Say “same here”").click()
    expect(phone.get_by_text("We write our own office down.")).to_be_visible()
    phone.get_by_role("button", name="Take back my “same here”").click()
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("Put back.")).to_be_visible()
    axe(phone)

    sign_in(phone, world.cas)
    phone.goto(f"/barriers/{Barrier.objects.get(raised_by=world.zed).pk}/")
    phone.get_by_role("link", name="It is the same as another").click()
    phone.get_by_label("Words of the other one").fill("address")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("button", name="Put them together").click()
    expect(phone.get_by_text("No postcode, no form.").first).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("Taken apart again.")).to_be_visible()

    phone.context.clear_cookies()
    letter = Letter.objects.get(to="ruth@example.org")
    phone.goto("/barrier-links/" + letter.text.split("/barrier-links/")[1].split()[0])
    phone.get_by_text("What we will do, and by when").click()
    axe(phone)
    phone.get_by_label("What will you do?").fill("We take a day centre as an address.")
    phone.get_by_label("By when?").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    phone.get_by_role("button", name="Promise this").click()
    expect(phone.get_by_text("It is on the board")).to_be_visible()
    sign_in(phone, world.mo)
    phone.goto(address)
    expect(phone.get_by_text("We take a day centre as an address.")).to_be_visible()
    no_sideways(phone)


def test_a_receipts_pages_can_be_used_by_everybody(world, phone, axe, no_sideways):
    phone.goto("/barriers/anonymous/")
    phone.get_by_label("What gets in the way?").fill("Nobody answers.")
    phone.get_by_role("button", name="Raise it anonymously").click()
    axe(phone)
    no_sideways(phone)
    shown = make_barrier(None, state="changed", leader=make_leader(world.lee))
    by_receipt(phone, shown.code)
    axe(phone)
    no_sideways(phone)
    assert (
        phone.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )
