"""What somebody writes is kept on their device until the server has it: offline, closed, signed out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from systemschangers.kernel.models import Submission
from wins.models import Win

pytestmark = pytest.mark.browser

WORDS = "The hostel kept his room while he was in hospital."
HARD = "The rule says seven days and nobody had ever asked."
KEPT = "These are your words from before"


@pytest.fixture
def writer(phone: Page, sign_in, ana) -> Page:
    sign_in(phone, ana)
    phone.goto("/wins/new/")
    return phone


def happened(page: Page):
    return page.locator("[name=what_happened]")


def write(page: Page, words: str = WORDS) -> None:
    happened(page).fill(words)


def log(page: Page) -> None:
    page.get_by_role("button", name="Log this win").click()


def test_a_page_closed_by_mistake_loses_nothing(writer: Page, axe):
    write(writer)
    writer.locator("summary").filter(has_text="Say more").click()
    writer.locator("[name=made_hard]").fill(HARD)
    writer.get_by_text("The wider system").click()
    writer.goto("/wins/")
    writer.goto("/wins/new/")
    expect(writer.get_by_text(KEPT)).to_be_visible()
    expect(happened(writer)).to_have_value(WORDS)
    expect(writer.locator("[name=made_hard]")).to_have_value(HARD)
    expect(writer.locator("[name=made_hard]")).to_be_visible()
    expect(writer.locator("[name=lens][value=system]")).to_be_checked()
    axe(writer)


def test_kept_words_can_be_thrown_away(writer: Page):
    write(writer)
    writer.reload()
    writer.get_by_role("button", name="Throw them away").click()
    expect(happened(writer)).to_have_value("")
    expect(writer.get_by_text(KEPT)).to_be_hidden()
    writer.reload()
    expect(happened(writer)).to_have_value("")


def test_nothing_is_kept_of_a_form_nobody_wrote_in(writer: Page):
    write(writer)
    happened(writer).fill("")
    writer.reload()
    expect(writer.get_by_text(KEPT)).to_have_count(0)


def test_what_was_sent_is_kept_no_longer(writer: Page, ana):
    write(writer)
    log(writer)
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    expect(writer.get_by_text("Logged.")).to_be_visible()
    assert Win.objects.get().what_happened == WORDS
    writer.goto("/wins/new/")
    expect(happened(writer)).to_have_value("")
    expect(writer.get_by_text(KEPT)).to_have_count(0)


def test_sent_offline_it_waits_and_goes_by_itself_as_one_win(writer: Page, ana):
    write(writer)
    writer.context.set_offline(True)
    log(writer)
    expect(writer.get_by_text("You are offline. Your words are kept here.")).to_be_visible()
    writer.get_by_role("button", name="Try now").click()
    expect(writer.get_by_text("You are offline.")).to_be_visible()
    assert not Win.objects.exists()
    writer.context.set_offline(False)
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    win = Win.objects.get()
    assert (win.what_happened, win.state, win.author) == (WORDS, Win.State.LOGGED, ana)
    assert Submission.objects.count() == 1


def test_closed_while_offline_it_is_there_again_and_makes_one_win(writer: Page):
    """The worst of luck: the server has it, its answer was lost, and the page was closed."""
    write(writer)
    lost = []

    def lose_the_answer(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))
            route.abort("connectionreset")
        else:
            route.continue_()

    writer.route("**/wins/new/", lose_the_answer)
    log(writer)
    expect(writer.get_by_text("You are offline.")).to_be_visible()
    assert Win.objects.count() == 1
    writer.goto("/wins/new/")
    expect(happened(writer)).to_have_value(WORDS)
    log(writer)
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    assert Win.objects.count() == 1


def test_when_the_server_is_away_it_waits_as_well(writer: Page):
    write(writer)
    away = [True]
    writer.route(
        "**/wins/new/",
        lambda route: (
            route.fulfill(status=503, body="away")
            if away[0] and route.request.method == "POST"
            else route.continue_()
        ),
    )
    log(writer)
    expect(
        writer.get_by_text("The site can’t be reached. Your words are kept here.")
    ).to_be_visible()
    away.clear()
    away.append(False)
    writer.get_by_role("button", name="Try now").click()
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    assert Win.objects.count() == 1


def test_signed_out_meanwhile_the_words_are_there_after_signing_in(
    writer: Page, sign_in_by_code, ana
):
    write(writer)
    writer.context.clear_cookies(name="sessionid")
    log(writer)
    writer.wait_for_url(re.compile("/account/login/"))
    sign_in_by_code(writer, ana)
    expect(happened(writer)).to_have_value(WORDS)
    log(writer)
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    assert Win.objects.get().what_happened == WORDS


def test_a_form_with_a_mistake_shows_it_and_keeps_the_words(writer: Page):
    write(writer, "x" * 5000)
    log(writer)
    expect(writer.locator(".error-summary, .errors").first).to_be_visible()
    expect(happened(writer)).to_have_value("x" * 5000)
    assert not Win.objects.exists()
    writer.goto("/wins/new/")
    expect(happened(writer)).to_have_value("x" * 5000)


def test_a_comment_is_kept_with_its_own_win_and_shown_once_sent(writer: Page, zed):
    from tests.factories import make_win

    first, second = make_win(zed), make_win(zed)
    writer.goto(f"/wins/{first.pk}/")
    writer.locator("#comment-form textarea").fill("We do this in Northby too.")
    writer.goto(f"/wins/{second.pk}/")
    expect(writer.locator("#comment-form textarea")).to_have_value("")
    writer.goto(f"/wins/{first.pk}/")
    expect(writer.locator("#comment-form textarea")).to_have_value("We do this in Northby too.")
    writer.get_by_role("button", name="Add your comment").click()
    expect(
        writer.locator("article, li").get_by_text("We do this in Northby too.").first
    ).to_be_visible()
    expect(writer.locator("#comment-form textarea")).to_have_value("")
    assert first.comments.count() == 1


def test_a_device_that_keeps_nothing_still_sends(writer: Page):
    writer.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })"
    )
    writer.reload()
    write(writer)
    log(writer)
    writer.wait_for_url(re.compile(r"/wins/\d+/$"))
    assert Win.objects.count() == 1
