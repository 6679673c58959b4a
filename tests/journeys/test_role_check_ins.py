"""Somebody says where they are now, from a letter and from Home, and reads how many have stayed."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.models import RoleCheckIn
from tests.factories.roles import link_to, make_check_in

pytestmark = pytest.mark.browser


@pytest.fixture(params=["phone", "phone_without_js"])
def any_phone(request):
    return request.getfixturevalue(request.param)


def test_answered_from_the_letter_then_changed_from_the_page(any_phone, sign_in, world):
    page, now = any_phone, timezone.now()
    asked = make_check_in(world.ana.memberships.get(), 6, now)
    page.goto(f"/check-in-links/{link_to(asked, now)}/")
    expect(page.get_by_role("heading", name="Where are you now?")).to_be_visible()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer for “Where are you now?”")
    page.get_by_text("In the same frontline job").click()
    page.get_by_text("I don’t know yet").click()
    page.get_by_label("What made you stay, or go?").fill("My team, and the time to look up.")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. That is written down.")).to_be_visible()
    asked.refresh_from_db()
    assert (asked.where, asked.in_a_year) == ("same", "unsure")
    sign_in(page, world.ana)
    page.goto(asked.get_absolute_url())
    page.get_by_role("button", name="I would rather not say any of it").click()
    assert RoleCheckIn.objects.get().where == "unsaid"
    page.goto("/stay/")
    page.get_by_role("link", name="Eastmere one").click()
    expect(page.get_by_text("Fewer than five people of this cohort")).to_be_visible()
