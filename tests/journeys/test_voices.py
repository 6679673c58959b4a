"""Voices as people meet them: carried with consent, answered, changed, confirmed, told back, taken back
and gone; and given at a poster, read and taken back by receipt."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from labs.models import Voice
from systemschangers.kernel.models import Event, Submission
from tests.factories.leader_requests import make_leader
from tests.factories.voices import make_board

pytestmark = pytest.mark.browser
SAID = "They moved my appointment four times, and told me after."


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
    page.goto("/voices/receipt/")
    page.get_by_label("Your receipt").fill(code.lower())
    page.get_by_role("button", name="See what they say").click()


def test_a_voice_is_carried_answered_confirmed_told_back_and_taken_back(world, pages, at_home):
    lee_leads = make_leader(world.lee)
    board = make_board(lee_leads)
    ana = at_home(world.ana)
    ana.goto("/voices/new/")
    ana.get_by_label("What do they say, in their own words?").fill(f"{SAID} Ring John Smith.")
    ana.get_by_label("Whom is it for?").select_option(label=str(lee_leads))
    ana.get_by_text("It may be read out, and printed").click()
    ana.locator("label", has_text=str(board)).click()
    ana.get_by_text("Said yes, after it was read to them").click()
    ana.get_by_role("button", name="Look it over together").click()
    expect(ana.locator("mark", has_text="John Smith")).to_be_visible()
    ana.get_by_role("button", name="Change something").click()
    ana.get_by_label("What do they say, in their own words?").fill(SAID)
    ana.get_by_role("button", name="Look it over together").click()
    expect(ana.locator("mark")).to_have_count(0)
    expect(ana.get_by_text("I can take my words back at any time")).to_be_visible()
    ana.get_by_role("button", name="They said yes").click()
    code = ana.locator(".receipt").inner_text()
    voice = Voice.objects.get()
    address = voice.get_absolute_url()

    cas = at_home(world.cas)
    cas.goto("/")
    cas.get_by_role("link", name="A voice to look over").click()
    cas.get_by_role("button", name="Send it on").click()
    expect(cas.get_by_text("Sent on to Lee Whitaker")).to_be_visible()

    lee = at_home(world.lee)
    lee.goto("/")
    lee.get_by_role("link", name="A voice waits for your answer").click()
    lee.get_by_text("Something will change", exact=True).click()
    lee.get_by_label("What will change?").fill("We ring before we move anything.")
    lee.get_by_label("By when?").fill(timezone.localdate().isoformat())
    lee.get_by_role("button", name="Say what will change").click()
    expect(lee.get_by_text("The person will hear of it.")).to_be_visible()
    lee.get_by_role("button", name="It is done").click()
    expect(lee.get_by_text("Said. The person is asked")).to_be_visible()

    ana.goto("/")
    ana.get_by_role("link", name="Ask the person: has it changed?").click()
    ana.get_by_label("What do they say?").fill("They rang on Monday.")
    ana.get_by_role("button", name="Yes, it has changed").click()
    expect(ana.get_by_text("Kept, as what the person says.")).to_be_visible()
    ana.get_by_text("Face to face", exact=True).click()
    ana.get_by_role("button", name="Keep that I told them").click()
    expect(ana.get_by_text("Kept: the answer was told back.")).to_be_visible()

    places = (
        address,
        "/voices/?show=answered&q=appointment",
        f"/voices/at-board/{board.pk}/",
    )
    for place in places:
        lee.goto(place)
        expect(lee.get_by_text(SAID).first).to_be_visible()
    exported = lee.request.get("/voices/csv/?show=answered").text()
    assert SAID in exported

    lee.goto(address)  # open while it is taken back
    somebody = pages()
    by_receipt(somebody, code)
    expect(somebody.get_by_text("We ring before we move anything.").first).to_be_visible()
    somebody.get_by_role("button", name="Take my words back").click()
    somebody.get_by_role("button", name="Yes, take them back").click()
    expect(somebody.get_by_text("Your words are gone from here")).to_be_visible()
    by_receipt(somebody, code)
    expect(somebody.get_by_text("We don’t know this receipt.").first).to_be_visible()

    lee.get_by_text("Explain", exact=True).click()
    lee.get_by_label("What do you want them to know?").fill("I typed this meanwhile.")
    lee.get_by_role("button", name="Send this answer").click()
    expect(lee.get_by_label("What you wrote")).to_have_value("I typed this meanwhile.")
    for place in places:
        lee.goto(place)
        expect(lee.get_by_text(SAID)).to_have_count(0)
    assert SAID not in lee.request.get("/voices/csv/?show=answered").text()


def test_a_voice_is_given_at_a_poster_answered_and_read(world, pages, at_home):
    make_leader(world.lee)
    ana = at_home(world.ana)
    ana.goto("/voices/posters/new/")
    ana.get_by_label("Who listens?").select_option(label="Lee Whitaker, lead for homelessness")
    ana.get_by_role("button", name="Make this poster").click()
    expect(ana.locator("svg.qr")).to_be_visible()
    address = ana.locator("figcaption").inner_text()

    somebody = pages()
    somebody.goto("/voices/speak/" + address.split("/voices/speak/")[1])
    expect(somebody.get_by_text("You need no account, and give no name.")).to_be_visible()
    somebody.get_by_role("button", name="Look it over").click()
    expect(somebody.get_by_text("There is a problem")).to_be_visible()
    somebody.get_by_label("What do you want to say?").fill(f"{SAID} Call me on 07700 900123.")
    somebody.get_by_role("button", name="Look it over").click()
    expect(somebody.locator("mark", has_text="07700 900123")).to_be_visible()
    somebody.get_by_role("button", name="Change something").click()
    somebody.get_by_label("What do you want to say?").fill(SAID)
    somebody.get_by_role("button", name="Look it over").click()
    somebody.get_by_role("button", name="I agree: send it").click()
    code = somebody.locator(".receipt").inner_text()
    by_receipt(somebody, code)
    expect(somebody.get_by_text("It has not been sent on yet.")).to_be_visible()
    assert not Submission.objects.filter(person=None).exists()
    assert not Event.objects.filter(target_type="labs.voice").exists()

    cas = at_home(world.cas)
    cas.goto(f"/voices/{Voice.objects.get().pk}/check/")
    cas.get_by_role("button", name="Send it on").click()
    lee = at_home(world.lee)
    lee.goto(Voice.objects.get().get_absolute_url())
    lee.get_by_text("Something has changed", exact=True).click()
    lee.get_by_label("What has changed?").fill("We ring first now.")
    lee.get_by_role("button", name="Say that it has changed").click()
    by_receipt(somebody, code)
    expect(somebody.get_by_text("We ring first now.").first).to_be_visible()
    somebody.get_by_role("button", name="I have read the answer").click()
    expect(somebody.get_by_text("They are told that the answer reached you.")).to_be_visible()
    somebody.get_by_label("What is it like now?").fill("Nobody rang.")
    somebody.get_by_role("button", name="No, it has not changed").click()
    expect(somebody.get_by_text("“Nobody rang.”")).to_be_visible()


def test_the_pages_without_an_account_can_be_used_by_everybody(
    world, phone, axe, no_sideways, sign_in
):
    """The steps that the walk over every page does not reach."""
    make_leader(world.lee)
    sign_in(phone, world.ana)
    phone.goto("/voices/new/")
    phone.get_by_label("What do they say, in their own words?").fill(
        "Ring John Smith in Larkfield."
    )
    phone.get_by_label("Whom is it for?").select_option(label="Lee Whitaker, lead for homelessness")
    phone.get_by_text("Said yes, after it was read to them").click()
    phone.get_by_role("button", name="Look it over together").click()
    axe(phone)
    no_sideways(phone)
    phone.get_by_role("button", name="They said yes").click()
    axe(phone)
    code = phone.locator(".receipt").inner_text()
    by_receipt(phone, code)
    axe(phone)
    no_sideways(phone)
    phone.get_by_role("button", name="Take my words back").click()
    axe(phone)
