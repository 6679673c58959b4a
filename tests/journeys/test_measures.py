"""A win is counted: figures written down and pasted, and the chart tells change from chance."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories.wins import make_win

pytestmark = pytest.mark.browser
PASTED = """Week\tPages
1/9/2025\t14
8/9/2025\t13
2025-09-15\t15
22 Sep 2025\t14
29/9/2025\t13
6/10/2025\t15
13/10/2025\t-
20/10/2025\t14
27/10/2025\t13
3/11/2025\t14
10/11/2025\t15
17/11/2025\t8
24/11/2025\t8
1/12/2025\t7
8/12/2025\t7
15/12/2025\t8
22/12/2025\t7
29/12/2025\t6
5/1/2026\t7
"""


@pytest.fixture(params=["phone", "phone_without_js"])
def any_phone(request):
    return request.getfixturevalue(request.param)


def test_figures_are_pasted_looked_at_kept_and_read(any_phone, sign_in, world):
    page, win = any_phone, make_win(world.ana)
    sign_in(page, world.ana)
    page.goto(win.get_absolute_url())
    page.get_by_role("link", name="Count something, to see whether it lasts").click()
    page.get_by_label("What do you count?").fill("Pages of the form")
    page.get_by_label("In what?").fill("pages")
    page.get_by_role("button", name="Begin to count").click()
    expect(page.get_by_role("alert")).to_contain_text("How do you count it?")
    expect(page.get_by_label("What do you count?")).to_have_value("Pages of the form")
    page.get_by_text("Less is better").click()
    page.get_by_label("How do you count it?").fill("Every page somebody has to fill in.")
    page.get_by_role("button", name="Begin to count").click()
    page.get_by_role("textbox", name="Figure").fill("twelve")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a figure")
    page.get_by_role("link", name="Paste many from a spreadsheet").click()
    page.get_by_label("Paste your figures here").fill(PASTED)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("1 line not understood")).to_be_visible()
    expect(page.get_by_text("Line 8")).to_contain_text("no figure for this day")
    page.get_by_role("button", name="Keep these 18 figures").click()
    expect(page.get_by_text("the figures stay below the median")).to_be_visible()
    expect(page.get_by_text("It is the way you want it to go.")).to_be_visible()
    expect(page.get_by_role("img", name="Pages of the form")).to_be_visible()
    page.get_by_text("Show the figures").click()
    page.get_by_role("link", name="5 Jan 2026").click()
    page.get_by_role("button", name="Take this figure out").click()
    expect(page.get_by_text("is taken out")).to_be_visible()
