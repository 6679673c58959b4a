"""What others did is noticed: a word for new, one press to the thing itself, one to have seen all."""

from __future__ import annotations

import os
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from systemschangers.kernel import letters
from tests.factories import make_win
from wins.actions.appreciations import appreciate

pytestmark = pytest.mark.browser


@pytest.fixture
def noticed(world):
    """Zed thanks Ana for one win, and Mo celebrates another."""
    first = make_win(world.ana, "The pharmacist now rings us instead of turning people away.")
    second = make_win(world.ana, "The bus pass came on the day, not after three weeks.")
    appreciate(win=first, kind="thank", by=world.zed, at=timezone.now())
    appreciate(win=second, kind="celebrate", by=world.mo, at=timezone.now())
    return first


@pytest.fixture(params=["phone", "phone_without_js"])
def page(request) -> Page:
    return request.getfixturevalue(request.param)


def test_one_is_opened_and_the_rest_marked_as_seen(page: Page, sign_in, ana, noticed):
    sign_in(page, ana)
    page.goto("/noticed/")
    expect(page.get_by_text("New", exact=True)).to_have_count(2)
    page.get_by_role("link", name="Zed Kowalski thanked you").click()
    expect(page).to_have_url(re.compile(f"/wins/{noticed.pk}/$"))
    page.goto("/noticed/")
    expect(page.get_by_text("New", exact=True)).to_have_count(1)
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page).to_have_url(re.compile("/noticed/$"))
    expect(page.get_by_text("New", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Mark all as seen")).to_have_count(0)
    assert not ana.notifications.unseen().exists()


def test_the_pages_are_sound_to_hear_and_to_zoom(
    phone: Page, sign_in, ana, mo, noticed, axe, no_sideways
):
    sign_in(phone, ana)
    letters.write(
        to="ana@example.org",
        kind="test",
        subject="Zed Kowalski thanked you for your small win.",
        text="Open http://localhost/wins/1/ to read it.",
        html="<p>Hello</p>",
        at=timezone.now(),
    )
    for address in ("/noticed/", "/outbox/", "/outbox/1/"):
        if address == "/outbox/1/":
            phone.goto("/outbox/")
            phone.get_by_role("link", name="Zed Kowalski").click()
        else:
            phone.goto(address)
        axe(phone)
        no_sideways(phone)
        _picture(phone, address)
    sign_in(phone, mo)
    phone.goto("/noticed/")
    expect(phone.get_by_text("Nothing here yet")).to_be_visible()
    axe(phone)
    _picture(phone, "/noticed/empty")


def _picture(page: Page, address: str) -> None:
    """Pictures to look at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        for width in (320, 768, 1280):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                name = address.strip("/").replace("/", "-")
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
