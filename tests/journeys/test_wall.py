"""The wall, as people read it: narrowed, searched, paged, on a phone, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cohorts.models import Theme
from tests.factories import make_win
from wins import search
from wins.models import Appreciation, Win

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_phone(request, open_browser) -> Page:
    return open_browser(java_script_enabled=request.param == "with JavaScript")


def test_narrowed_by_a_theme_and_a_depth_and_widened_again(any_phone, ana, zed, sign_in):
    theme = Theme.objects.get(slug="prison-release")
    make_win(ana, "A bed on the day of release.", themes=[theme], depth=Win.Depth.FLEX)
    make_win(ana, "The form is down to one page.")
    sign_in(any_phone, zed)
    any_phone.goto("/wins/")
    any_phone.get_by_text("Choose which wins").click()
    any_phone.get_by_label("Theme", exact=True).select_option("Prison release")
    any_phone.get_by_label("How deep it went").select_option("Flex: a rule bent kindly")
    any_phone.get_by_role("button", name="Show these wins").click()
    expect(any_phone.get_by_text("A bed on the day of release.")).to_be_visible()
    expect(any_phone.get_by_text("The form is down to one page.")).to_have_count(0)
    any_phone.get_by_role("link", name="Take off: Prison release").click()
    any_phone.get_by_role("link", name="Take off: Flex").click()
    expect(any_phone.get_by_text("The form is down to one page.")).to_be_visible()


def test_older_wins_and_back_to_the_newer(any_phone, ana, zed, sign_in):
    for number in range(1, 31):
        make_win(ana, f"Win number {number}.")
    sign_in(any_phone, zed)
    any_phone.goto("/wins/")
    expect(any_phone.get_by_role("article")).to_have_count(25)
    any_phone.get_by_role("link", name="Older wins").click()
    expect(any_phone.get_by_role("article")).to_have_count(5)
    expect(any_phone.get_by_text("Win number 1.", exact=True)).to_be_visible()
    any_phone.get_by_role("link", name="Newer wins").click()
    expect(any_phone.get_by_text("Win number 30.", exact=True)).to_be_visible()
    expect(any_phone.get_by_role("article")).to_have_count(25)


def test_a_search_with_a_typo_ends_at_the_win_with_its_word_marked(any_phone, ana, zed, sign_in):
    make_win(ana, "The landlord agreed to wait for the deposit.")
    make_win(ana, "Something else.")
    search.keep_words()
    sign_in(any_phone, zed)
    any_phone.goto("/wins/")
    any_phone.get_by_label("Search in wins").fill("landlrod")
    any_phone.get_by_role("button", name="Search").click()
    expect(any_phone.get_by_text("No wins with those words")).to_be_visible()
    any_phone.get_by_role("link", name="landlord", exact=True).click()
    expect(any_phone.locator("mark")).to_have_text("landlord")
    expect(any_phone.get_by_text("Something else.")).to_have_count(0)
    any_phone.get_by_role("link", name="The landlord agreed to wait").click()
    any_phone.wait_for_url("**/wins/*/")


def test_nothing_private_shows_for_somebody_of_another_organisation(any_phone, ana, zed, sign_in):
    for visibility in (Win.Visibility.ONLY_ME, Win.Visibility.SERVICE):
        make_win(ana, f"The zebra is in the garden: {visibility}.", visibility=visibility)
    make_win(ana, "A zebra was drafted.", state=Win.State.DRAFT)
    make_win(ana, "For everybody to read.")
    search.keep_words()
    sign_in(any_phone, zed)
    for path in (
        "/wins/",
        "/wins/?scope=cohort",
        "/wins/mine/",
        "/wins/?q=zebra",
        "/wins/?q=zebrra",
    ):
        any_phone.goto(path)
        expect(any_phone.locator("main")).not_to_contain_text("zebra is")
        expect(any_phone.locator("main")).not_to_contain_text("drafted")
        expect(any_phone.get_by_text("Did you mean")).to_have_count(0)


def test_thanked_from_the_wall_and_taken_back(any_phone, ana, zed, sign_in):
    make_win(ana, "The form is down to one page.")
    sign_in(any_phone, zed)
    any_phone.goto("/wins/?depth=")
    thank = any_phone.get_by_role("button", name="Thank you")
    thank.click()
    expect(any_phone.get_by_text("Thanked by Zed.")).to_be_visible()
    expect(thank).to_have_attribute("aria-pressed", "true")
    assert Appreciation.objects.get().kind == "thank"
    assert "/wins/?depth=" in any_phone.url
    thank.click()
    expect(any_phone.get_by_text("Thanked by Zed.")).to_have_count(0)
    expect(thank).to_have_attribute("aria-pressed", "false")
    assert not Appreciation.objects.exists()


def test_by_keyboard_alone(phone, ana, zed, sign_in):
    make_win(ana, "The form is down to one page.")
    sign_in(phone, zed)
    phone.goto("/wins/")
    phone.get_by_label("Search in wins").focus()
    phone.keyboard.type("form")
    phone.keyboard.press("Enter")
    expect(phone.locator("mark")).to_have_text("form")
    phone.get_by_text("Choose which wins").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("How deep it went")).to_be_visible()


def test_the_wall_in_all_its_states_is_open_to_everybody(
    phone, ana, zed, sign_in, axe, no_sideways
):
    theme = Theme.objects.get(slug="prison-release")
    make_win(ana, "A " + "very " * 80 + "long one.", made_hard="Nobody owned it.", themes=[theme])
    make_win(zed, "My own.", depth=Win.Depth.WRITTEN, visibility=Win.Visibility.ONLY_ME)
    make_win(zed, "Not yet.", state=Win.State.DRAFT)
    make_win(zed, "No more.", state=Win.State.TAKEN_BACK)
    sign_in(phone, zed)
    for path in (
        "/wins/",
        "/wins/mine/",
        "/wins/?q=long&depth=flex&since=2026-01-01",
        "/wins/?since=2026-02-02&until=2026-01-01",
        "/wins/?scope=service&q=zzzz",
    ):
        phone.goto(path)
        axe(phone)
        no_sideways(phone)
