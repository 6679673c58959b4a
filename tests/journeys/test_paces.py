"""Hearing once a day instead of at once: chosen on a page, told in one letter, stopped signed out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from systemschangers.kernel import digests
from tests.factories import make_win
from wins.actions.appreciations import appreciate

pytestmark = pytest.mark.browser


@pytest.fixture(params=["phone", "phone_without_js"])
def page(request) -> Page:
    return request.getfixturevalue(request.param)


def test_chosen_told_in_one_letter_stopped_signed_out_and_undone(
    page: Page, sign_in, world, latest_letter, server
):
    sign_in(page, world.ana)
    page.goto("/noticed/")
    page.get_by_role("link", name="E-mails to you").click()
    page.get_by_label("Thanks and comments").select_option("Once a week")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    for words in ("The bus pass came.", "The form is one page now."):
        win = make_win(world.ana, words)
        appreciate(win=win, kind="thank", by=world.zed, at=timezone.now())
    assert digests.write_digests(at=timezone.now() + timedelta(days=8)) == 1
    letter = latest_letter(world.ana.email)
    assert letter.subject == "2 things are new for you"
    page.context.clear_cookies()
    stop = letter.stop.partition("/letters/")[2]
    page.goto(f"/letters/{stop}")
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    page.get_by_role("button", name="Let them come again").click()
    expect(page.get_by_text("E-mails come as they did before.")).to_be_visible()
