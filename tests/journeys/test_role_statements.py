"""A role written, talked through, agreed and begun anew: on two phones, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cohorts.models import RoleStatement

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with_js", "without_js"])
def phone_for(request, open_browser, sign_in):
    def phone_of(person):
        page = open_browser(java_script_enabled=request.param == "with_js")
        sign_in(page, person)
        return page

    return phone_of


def test_a_role_is_written_talked_through_and_agreed(world, phone_for, no_sideways):
    ana, mo = phone_for(world.ana), phone_for(world.mo)
    ana.goto("/more/")
    ana.get_by_role("link", name="Role statements").click()
    ana.get_by_role("link", name="Write one").click()
    expect(ana.get_by_label("Job title")).to_have_value("Outreach worker")
    group = ana.locator("#condition-1")
    group.locator("summary").click()
    group.get_by_text("Put this in").first.click()
    group.get_by_label("In words that fit this job").first.fill("Meets the hostel each month.")
    no_sideways(ana)
    ana.get_by_role("button", name="Keep it as a draft").click()
    expect(ana.get_by_text("Meets the hostel each month.")).to_be_visible()
    expect(ana.get_by_text("12 of 13 conditions have nothing yet")).to_be_visible()
    ana.get_by_role("button", name="Propose it to my manager").click()

    mo.goto("/")
    mo.get_by_role("link", name="Ana Okafor has written down their role").click()
    mo.get_by_text("Say something, or talk it through").click()
    mo.get_by_label("Your words").fill("Who covers the phone?")
    mo.get_by_role("button", name="Talk it through").click()
    expect(mo.get_by_text("You asked to talk it through")).to_be_visible()

    ana.goto("/")
    ana.get_by_role("link", name="Your role statement needs talking through").click()
    expect(ana.get_by_text("Who covers the phone?")).to_be_visible()
    ana.get_by_role("button", name="Propose it to my manager").click()
    mo.reload()
    mo.get_by_role("button", name="Agree to this role").click()
    expect(mo.get_by_text("You agreed")).to_be_visible()

    ana.reload()
    ana.get_by_role("button", name="Begin the next version").click()
    group = ana.locator("#condition-1")
    group.locator("summary").click()
    group.get_by_label("In words that fit this job").first.fill("Meets the hostel each week.")
    ana.get_by_role("button", name="Save").click()
    ana.get_by_role("link", name="Versions 2 and 1 side by side").click()
    expect(ana.locator("del")).to_contain_text("month.")
    expect(ana.locator("ins")).to_contain_text("week.")
    no_sideways(ana)
    assert list(RoleStatement.objects.order_by("version").values_list("state", flat=True)) == [
        "agreed",
        "draft",
    ]
