"""The pulse is answered, and figures are read, with JavaScript and without."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.factories.wins import make_win
from wins.impact import keeping
from wins.impact.periods import period_words, quarter_in

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


def test_whose_figures_they_are_is_in_sight_on_the_narrowest_phone(
    phone_without_js, sign_in, world
):
    """None of the tabs lies beside the screen, the current one least."""
    page = phone_without_js
    sign_in(page, world.ana)
    page.set_viewport_size({"width": 320, "height": 700})
    for path in ("/impact/mine/", "/impact/"):
        page.goto(path)
        tabs = page.get_by_role("navigation", name="Whose figures").get_by_role("link")
        assert tabs.count() >= 4
        boxes = [tab.bounding_box() for tab in tabs.all()]
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
        assert page.locator(".tab[aria-current]").count() == 1


def test_figures_are_read_by_whom_and_when_and_taken_away(any_phone, sign_in, world):
    """Ana looks whether it was worth it: what everyone did, what is in it, another time, her own; and
    takes it with her as both kinds of file."""
    page, now = any_phone, timezone.now()
    for person in (world.ana, world.mo, world.dee, world.lee, world.cas, world.zed):
        make_win(person, at=now, depth="flex")
    keeping.add_up(at=now)
    sign_in(page, world.ana)
    page.goto("/more/")
    page.get_by_role("link", name="In figures").first.click()
    expect(page.get_by_role("heading", name="Everyone here, in figures")).to_be_visible()
    expect(page.get_by_text("6 small wins, by about 5 people.")).to_be_visible()

    page.locator("summary", has_text="how deep they went").first.click()
    row = page.get_by_role("row", name="flex")
    expect(row.get_by_role("cell").first).to_have_text("6")
    page.locator("summary", has_text="Month by month").click()
    expect(page.get_by_role("row", name="Small wins shared").last).to_contain_text("6")

    quarter = quarter_in(now.date())
    page.get_by_label("Which time").select_option(quarter)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name=period_words(quarter))).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="As a spreadsheet").click()
    assert taken.value.suggested_filename == f"figures-{quarter}.xlsx"
    sheet = load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert ["Everyone here", period_words(quarter), "Small wins shared", None, None, 6] in rows
    with page.expect_download() as taken:
        page.get_by_role("link", name="as CSV").click()
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert len(told) == len(rows)
    assert ["Everyone here", period_words(quarter), "Small wins shared", "", "", "6"] in told

    page.get_by_role("link", name="Your service").click()
    expect(page.get_by_role("heading", name="Street outreach, in figures")).to_be_visible()
    expect(page.get_by_text("Not shown, fewer than five people: Small wins shared")).to_be_visible()
    page.get_by_role("link", name="You", exact=True).click()
    expect(page.get_by_text("You logged 1 small win.")).to_be_visible()
