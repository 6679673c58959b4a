"""A lab from its question to what it published, with somebody in it who has no e-mail address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from labs.models import Experiment, Lab

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with_js", "without_js"])
def phone_of(request, open_browser, sign_in):
    """`phone_of(ana)`: signed in; `phone_of(None)`: a device that lies there."""

    def open_one(person=None):
        page = open_browser(java_script_enabled=request.param)
        if person is not None:
            sign_in(page, person)
        return page

    return open_one


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def try_something(page, what: str, expecting: str, days: int) -> None:
    page.get_by_label("What will you try?").fill(what)
    page.get_by_label("What do you think will happen?").fill(expecting)
    page.get_by_label("By when will you have tried it?").fill(in_days(days))
    page.get_by_role("button", name="We will try this").click()
    expect(page.get_by_text("Written. Come back when you have tried it.")).to_be_visible()


def test_from_a_question_through_two_cycles_to_a_published_summary(world, phone_of):
    cas = phone_of(world.cas)
    cas.goto("/labs/")
    cas.get_by_role("link", name="Start a lab").first.click()
    cas.get_by_label("What is the question?").fill("Who holds the keys?")
    cas.get_by_role("button", name="Start this lab").click()
    cas.get_by_label("Who has an account here?").fill("Ana Okafor")
    cas.get_by_role("button", name="Add to the lab").click()
    expect(cas.get_by_text("Ana Okafor is in the lab.")).to_be_visible()
    cas.get_by_label("Or: somebody without an e-mail address").fill("Kit")
    cas.get_by_role("button", name="Add to the lab").click()
    cas.get_by_role("button", name="Make a card").click()
    code = cas.locator(".receipt").inner_text()
    lab = Lab.objects.get()

    kit = phone_of()
    kit.goto("/account/login/")
    kit.get_by_role("link", name="I have a card with a code").click()
    kit.get_by_label("The code on your card").fill("WRONG CODE 12")
    kit.get_by_role("button", name="Open my lab").click()
    expect(kit.get_by_text("No card has this code.").first).to_be_visible()
    kit.get_by_label("The code on your card").fill(code.lower())
    kit.get_by_role("button", name="Open my lab").click()
    expect(kit.get_by_role("heading", name="Who holds the keys?")).to_be_visible()
    kit.get_by_role("link", name="Write an insight").click()
    kit.get_by_label("What do you see now").fill("Whoever has the key goes home at four.")
    kit.get_by_role("button", name="Write it down").click()
    expect(kit.get_by_text("About the wider system, Kit")).to_be_visible()

    ana = phone_of(world.ana)
    ana.goto(lab.get_absolute_url())
    ana.get_by_role("link", name="Agree on a sentence").click()
    ana.get_by_label("The sentence").fill("Doors follow staff, not people.")
    ana.get_by_text("Whoever has the key goes home at four.").click()
    ana.get_by_role("button", name="Put it to the lab").click()
    expect(ana.get_by_text("Agreed by Ana Okafor. Not yet by 2 others.")).to_be_visible()
    kit.reload()
    kit.get_by_role("button", name="I agree with this sentence").click()
    expect(kit.get_by_text("Agreed by Ana Okafor and Kit. Not yet by 1 other.")).to_be_visible()
    kit.get_by_role("button", name="Take back that I agree").click()
    expect(kit.get_by_text("Agreed by Ana Okafor. Not yet by 2 others.")).to_be_visible()
    ana.get_by_role("link", name="Try something").click()
    try_something(ana, "The key stays at the café until eight.", "People come after work.", 14)
    ana.get_by_label("What did you notice?").fill("Six came. Two rang first.")
    ana.get_by_text("Adapt it, and try again").click()
    ana.get_by_role("button", name="Write this down").click()
    ana.get_by_role("link", name="Write the next cycle").click()
    expect(ana.get_by_text("Six came. Two rang first.")).to_be_visible()
    try_something(ana, "A number on the door, answered at the café.", "They ring first.", 21)

    kit.goto(lab.get_absolute_url())
    kit.get_by_role("link", name="A number on the door, answered at the café.").click()
    kit.get_by_label("What did you notice?").fill("Nine rang. It works.")
    kit.get_by_text("Adopt it: we do it like this from now on").click()
    kit.get_by_role("button", name="Write this down").click()
    expect(kit.get_by_text("Cycle 2:")).to_be_visible()
    assert [one.state for one in Experiment.objects.order_by("pk")] == ["adapted", "adopted"]
    kit.get_by_role("link", name="The lab").click()
    kit.get_by_role("button", name="Sign out").click()
    kit.goto(lab.get_absolute_url())
    expect(kit.get_by_role("button", name="E-mail me a code")).to_be_visible()

    zed = phone_of(world.zed)
    assert zed.goto(lab.get_absolute_url()).status == 404
    cas.goto(lab.get_absolute_url())
    cas.get_by_role("link", name="Write the summary").click()
    cas.get_by_label("What would you like everyone to know?").fill("The key stays until eight.")
    cas.get_by_role("button", name="Save, and check it").click()
    cas.get_by_role("button", name="Publish the summary").click()
    expect(cas.get_by_text("Published. Everyone here can read it.")).to_be_visible()
    zed.goto("/labs/")
    zed.get_by_role("link", name="Who holds the keys?").click()
    expect(zed.get_by_text("The key stays until eight.")).to_be_visible()
    expect(zed.get_by_text("Kit")).to_have_count(0)
