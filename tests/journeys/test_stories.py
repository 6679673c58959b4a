"""Stories and most significant changes, on a phone, with and without JavaScript: a story told, published and
answered by somebody who has just begun; and a round from its preparing to the reason that comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.models import PeerMeeting
from systemschangers.kernel.models import Notification
from tests.factories.cohorts import make_person
from tests.factories.photos import phone_jpeg
from tests.factories.stories import make_story
from tests.factories.wins import make_win
from wins.models import Nomination, PanelChoice, SelectionRound, Story

pytestmark = pytest.mark.browser


def test_a_story_is_told_and_somebody_who_has_just_begun_asks_to_meet(world, at_home, no_sideways):
    make_win(world.ana, "Reception keeps a key for us now.")
    make_win(world.ana, "For nobody.", visibility="only_me")
    ana = at_home(world.ana)
    ana.goto("/more/")
    ana.get_by_role("link", name="Stories").click()
    ana.get_by_role("link", name="Tell your story").first.click()
    ana.get_by_label("Your story in a few words").fill("Two years, and a key")
    ana.get_by_role("button", name="Keep it as a draft").click()
    expect(ana.get_by_role("alert")).to_contain_text("What happened, and what changed?")
    expect(ana.get_by_label("Your story in a few words")).to_have_value("Two years, and a key")
    ana.get_by_label("What happened, and what changed?").fill(
        "I asked for a key. Now all have one."
    )
    ana.get_by_label("Why do you stay?").fill("Because of the mornings.")
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": phone_jpeg()}
    ana.get_by_label("Photo (optional)", exact=True).set_input_files(photo)
    ana.get_by_label("What does the photo show?").fill("A key on a hook.")
    ana.get_by_role("button", name="Keep it as a draft").click()
    expect(ana.get_by_text("For nobody.")).to_have_count(0)
    ana.locator("label").get_by_text("Reception keeps a key for us now.").click()
    ana.get_by_role("button", name="Save, and look it over").click()
    expect(ana.get_by_role("img", name="A key on a hook.")).to_be_visible()
    expect(ana.get_by_text("2 years on the frontline").first).to_be_visible()
    no_sideways(ana)
    assert Story.objects.get().state == "draft"
    ana.get_by_role("button", name="Publish my story").click()
    expect(ana.get_by_text("Published. Everyone here can read it.")).to_be_visible()

    new = make_person(world.hostel, name="Noor Saleh", joined_at=timezone.now() - timedelta(days=1))
    noor = at_home(new)
    noor.goto("/")
    noor.get_by_role("link", name="Two years, and a key").click()
    expect(noor.get_by_text("Because of the mornings.")).to_be_visible()
    noor.get_by_role("link", name="Reception keeps a key for us now.").click()
    expect(noor.get_by_text("This is part of a story")).to_be_visible()
    noor.get_by_role("link", name="Two years, and a key").click()
    noor.get_by_role("link", name="Ask Ana to meet").click()
    noor.get_by_role("button", name="Send the invitation").click()
    expect(noor.get_by_text("Ana Okafor has been told.")).to_be_visible()
    meeting = PeerMeeting.objects.get()
    assert meeting.question == "I read your story, “Two years, and a key”. How did you do it?"
    ana.goto("/")
    expect(ana.get_by_text("Somebody would like to compare notes with you")).to_be_visible()

    ana.goto("/stories/")
    ana.get_by_role("link", name="Your story").click()
    ana.get_by_text("Take it back", exact=True).first.click()
    ana.get_by_role("button", name="Take it back").click()
    expect(ana.get_by_text("You took your story back")).to_be_visible()
    noor.goto("/stories/")
    expect(noor.get_by_text("Two years, and a key")).to_have_count(0)


def ask(cas, person, panel):
    cas.get_by_label("Whom do you ask?").fill(person.name)
    cas.locator("label").get_by_text(panel).click()
    cas.get_by_role("button", name="Ask them").click()
    expect(cas.get_by_text(f"{person.name} has been told.")).to_be_visible()


def propose(page, it, nomination, reason):
    page.goto(it.get_absolute_url())
    page.get_by_role("link", name=nomination.excerpt).first.click()
    page.get_by_label("Why does your panel choose this one?").fill(reason)
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Once another of your panel agrees")).to_be_visible()


def agree(page, button):
    page.goto("/")
    page.get_by_role("link", name="Your panel has a proposal. Do you agree?").first.click()
    page.get_by_role("button", name=button).click()


def test_a_round_from_its_preparing_to_the_reason_that_comes_back(world, at_home, no_sideways):
    form = make_win(world.ana, "Nine pages of form are one now.", at=timezone.now())
    make_win(world.zed, "The ward rings us before, not after.", at=timezone.now())
    make_story(world.ana, "Two years, and a key")
    others = [make_person(world.hostel, name=name) for name in ("Noor Saleh", "Tess Lund")]
    cas = at_home(world.cas)
    cas.goto("/selection-rounds/")
    cas.get_by_role("link", name="Prepare a round").first.click()
    cas.get_by_label("Which kind of change do you look for?").fill("How services work together")
    cas.get_by_label("First day of the period").fill("2026-01-01")
    cas.get_by_role("button", name="Go on to the panels").click()
    for person in (world.mo, world.dee, world.lee):
        ask(cas, person, "The first: reads all")
    for person in (world.sam, *others):
        ask(cas, person, "The second: reads those")
    cas.get_by_role("link", name="Back to the round").click()
    cas.get_by_role("button", name="Open it to everyone here").click()
    it = SelectionRound.objects.get()

    zed = at_home(world.zed)
    zed.goto(it.get_absolute_url())
    zed.get_by_role("link", name="Put something forward").click()
    zed.locator("label").get_by_text("The ward rings us before, not after.").click()
    zed.get_by_label("Why does it matter to you?").fill("It took two years to get that call.")
    zed.get_by_role("button", name="Put it forward").click()
    expect(zed.get_by_text("Yours, put forward")).to_be_visible()
    zed.goto(form.get_absolute_url())
    zed.get_by_role("link", name="Put it forward as a most significant change").click()
    zed.locator("label").get_by_text("How services work together").click()
    zed.get_by_label("Why does it matter to you?").fill("My people fill it in with me now.")
    zed.get_by_role("button", name="Ask who told it").click()
    expect(zed.get_by_text("Ana Okafor is asked first.")).to_be_visible()
    ana = at_home(world.ana)
    ana.goto("/")
    ana.get_by_role("link", name="Somebody would like to put something of yours forward").click()
    expect(ana.get_by_text("My people fill it in with me now.")).to_be_visible()
    ana.get_by_role("button", name="Yes, put it forward").click()
    expect(ana.get_by_text("The panels can read it.")).to_be_visible()

    cas.goto(it.get_absolute_url())
    cas.get_by_role("button", name="Close it, and ask the first panel").click()
    zeds, anas = Nomination.objects.order_by("pk")
    mo, dee = at_home(world.mo), at_home(world.dee)
    mo.goto("/")
    mo.get_by_role("link", name="Your panel can read and choose").click()
    no_sideways(mo)
    for nomination in (zeds, anas):
        propose(mo, it, nomination, "It changed what happens on the day.")
        agree(dee, "Agree: we choose this")
        expect(dee.get_by_text("Your panel has chosen this one.")).to_be_visible()
    cas.goto(it.get_absolute_url())
    cas.get_by_role("button", name="Send them to the second panel").click()
    sam, noor = at_home(world.sam), at_home(others[0])
    propose(sam, it, zeds, "A ward and a hostel talk before, and it has lasted.")
    agree(noor, "Agree, and end the round")
    expect(noor.get_by_text("Everybody who was put forward has been told why.")).to_be_visible()
    assert PanelChoice.objects.agreed(2).get().agreed_by == others[0]

    ana.goto("/noticed/")
    ana.get_by_text("the panels say what they chose and why").first.click()
    expect(ana.get_by_text("A ward and a hostel talk before, and it has lasted.")).to_be_visible()
    expect(ana.get_by_text("It takes nothing from what you did.")).to_be_visible()
    expect(ana.get_by_text("The ward rings us before")).to_have_count(0)
    no_sideways(ana)
    assert Notification.objects.filter(event__verb="nomination.not_chosen").count() == 2
    zed.goto("/")
    zed.get_by_role("link", name="What you told was chosen. May everyone read it?").click()
    zed.get_by_role("link", name="Look it over, then publish it").click()
    zed.get_by_role("button", name="Yes, publish it").click()
    lee = at_home(world.lee)
    lee.goto("/selection-rounds/")
    lee.get_by_role("link", name="How services work together").click()
    expect(lee.get_by_text("A ward and a hostel talk before, and it has lasted.")).to_be_visible()
    no_sideways(lee)
