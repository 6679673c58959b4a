"""The pulse is answered, and figures are read, with JavaScript and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=["phone", "phone_without_js"])
def any_phone(request):
    return request.getfixturevalue(request.param)


def test_the_pulse_is_answered_once(any_phone, sign_in, world):
    page = any_phone
    sign_in(page, world.ana)
    page.goto("/more/")
    page.get_by_role("link", name="The pulse").click()
    page.get_by_role("link", name="Answer").first.click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a step for statement 13")
    for place in range(13):
        page.get_by_text("Mostly true", exact=True).nth(place).click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Thank you. What everyone said is shown from")).to_be_visible()
    expect(page.get_by_text("Each person answers once.")).to_be_visible()


def test_figures_are_chosen_by_period_and_taken_away(any_phone, sign_in, world):
    page = any_phone
    sign_in(page, world.ana)
    page.goto("/more/")
    page.get_by_role("link", name="In figures").first.click()
    expect(page.get_by_role("heading", name="Everyone here, in figures")).to_be_visible()
    page.get_by_role("link", name="quarter 1").first.click()
    expect(page.get_by_text("January to March")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="As a spreadsheet").click()
    assert download.value.suggested_filename.endswith("-q1.xlsx")
