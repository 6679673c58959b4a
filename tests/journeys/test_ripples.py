"""A small win travels: what it led to, told by two; then written down as an outcome, and answered through
a letter by somebody without an account. With and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from systemschangers.kernel.models import Letter
from tests.factories.labs import join, make_lab
from tests.factories.wins import make_win
from wins.models import Outcome, Ripple

pytestmark = pytest.mark.browser


def tick(page: Page, group: str, label: str) -> None:
    """The whole row of a choice answers to the thumb."""
    page.get_by_role("group", name=group).locator("label").get_by_text(label, exact=True).click()


def test_what_a_win_led_to_is_told_by_two_changed_taken_back_and_put_back(at_home, world):
    win = make_win(world.ana, "We share one form now.", visibility="service")
    ana, mo = at_home(world.ana), at_home(world.mo)
    ana.goto(win.get_absolute_url())
    ana.get_by_role("link", name="Say what it led to").click()
    ana.get_by_role("link", name="Say what it led to").click()
    ana.get_by_label("What did it lead to?").fill("The clinic asked for our form.")
    ana.get_by_label("When was that?").fill("2999-01-01")
    ana.get_by_role("button", name="Say that it led to this").click()
    expect(ana.get_by_role("alert")).to_contain_text("still to come")
    expect(ana.get_by_label("What did it lead to?")).to_have_value("The clinic asked for our form.")
    ana.get_by_label("When was that?").fill("2026-02-02")
    ana.locator("summary").filter(has_text="Say more").click()
    tick(ana, "Good or bad?", "Good")
    tick(ana, "Was it meant to happen?", "No, it came by itself")
    ana.get_by_role("button", name="Say that it led to this").click()
    expect(ana.get_by_text("1 ripple, on 2 Feb 2026.")).to_be_visible()
    expect(ana.get_by_role("img", name="A picture of what it led to")).to_be_visible()

    mo.goto(win.get_absolute_url())
    mo.get_by_role("link", name="1 ripple: see what it led to").click()
    mo.get_by_role("link", name="Say what this led to").click()
    mo.get_by_label("What did it lead to?").fill("Two forms were in use for a month.")
    mo.get_by_label("When was that?").fill("2026-01-01")
    mo.get_by_role("button", name="Say that it led to this").click()
    expect(mo.get_by_role("alert")).to_contain_text("can’t have been earlier")
    mo.get_by_label("When was that?").fill("2026-02-20")
    mo.locator("summary").filter(has_text="Say more").click()
    tick(mo, "Good or bad?", "Bad")
    mo.get_by_role("button", name="Say that it led to this").click()
    expect(mo.get_by_text("2 ripples, from 2 Feb 2026 to 20 Feb 2026.")).to_be_visible()

    ana.goto("/noticed/")
    ana.get_by_role("link", name="told what came of something of yours").click()
    expect(ana.get_by_text("Two forms were in use for a month.").last).to_be_visible()
    ana.get_by_role("link", name="Change it").click()
    ana.get_by_label("What did it lead to?").fill("The clinic uses our form.")
    ana.get_by_role("button", name="Save the change").click()
    expect(ana.locator("#main, main").get_by_text("The clinic uses our form.").last).to_be_visible()
    ana.get_by_role("button", name="Take it back The clinic uses").click()
    expect(ana.get_by_text("Something was told here and taken back.")).to_be_visible()
    ana.get_by_role("button", name="Undo").click()
    expect(ana.get_by_text("Something was told here and taken back.")).to_have_count(0)
    child = Ripple.objects.get(told_by=world.mo)
    assert child.parent
    assert child.parent.what == "The clinic uses our form."
    ana.goto("/more/")
    ana.get_by_role("link", name="Ripples").click()
    expect(ana.get_by_role("link", name="Two forms were in use")).to_be_visible()


def test_a_lab_looks_together_and_nobody_outside_reads_who_told(
    open_browser, sign_in, world, now, axe
):
    """Without JavaScript, at one table: Ana begins, Sam adds under the name he has in the lab."""
    lab = make_lab(world.cas, now)
    join(lab, world.ana, world.cas, now)
    join(lab, world.sam, world.cas, now, "service_user", alias="Robin")
    win = make_win(world.ana, "We share one form now.", visibility="everyone")
    ana, sam, zed = (open_browser(java_script_enabled=n == 0) for n in range(3))
    for page, person in ((ana, world.ana), (sam, world.sam), (zed, world.zed)):
        sign_in(page, person)
    ana.goto(f"/ripples/of/win-{win.pk}/")
    ana.get_by_role("link", name="Look at it there together").click()
    ana.locator("label").get_by_text(lab.question).click()
    ana.get_by_role("button", name="Begin to look at it together").click()
    sam.goto(lab.get_absolute_url())
    sam.get_by_role("link", name="What something led to").click()
    sam.get_by_role("link", name="Say what it led to").click()
    sam.get_by_label("What did it lead to?").fill("I was asked once, not four times.")
    sam.get_by_label("When was that?").fill("2026-02-02")
    sam.get_by_role("button", name="Say that it led to this").click()
    expect(sam.get_by_text("Told by Robin")).to_be_visible()
    ana.reload()
    expect(ana.get_by_text("Told by Robin")).to_be_visible()
    axe(ana)
    zed.goto(f"/ripples/of/win-{win.pk}/")
    expect(zed.get_by_text("Told by a member of a lab")).to_be_visible()
    expect(zed.get_by_text("Robin")).to_have_count(0)
    sam.get_by_role("button", name="End this session").click()
    expect(sam.get_by_text("This session has ended.")).to_be_visible()


def test_an_outcome_is_written_shown_and_answered_without_an_account(at_home, world, axe):
    ana = at_home(world.ana)
    ana.goto("/outcomes/")
    ana.get_by_role("link", name="Write an outcome").first.click()
    ana.get_by_label("Who does something differently?").fill("The housing office")
    ana.get_by_label("What do they do differently?").fill("They take a call on a Friday.")
    ana.get_by_role("button", name="Keep it as a draft").click()
    expect(ana.get_by_text("Say this first: what kind of change, when, where")).to_be_visible()
    ana.get_by_role("link", name="Go on writing").click()
    tick(ana, "What kind of change is it?", "Practice: how they do it every time")
    ana.get_by_label("Since when?").fill("2026-01-05")
    ana.get_by_label("Where?").fill("Eastmere")
    ana.get_by_label("Why does it matter?").fill("Nobody waits over a weekend.")
    tick(
        ana,
        "How much of it was us?",
        "Several of us made it happen together. Each was needed.",
    )
    ana.get_by_label("What did we do?").fill("We showed them how many came on a Saturday.")
    ana.get_by_label("How do we know?").fill("Their rota.")
    ana.get_by_role("button", name="Save the draft").click()
    ana.get_by_role("link", name="Look it over, then show it").click()
    ana.get_by_role("button", name="Show it to everyone here").click()
    ana.get_by_role("link", name="Ask somebody who knows").click()
    ana.get_by_label("Their name").fill("Noor Saleh")
    ana.get_by_label("Their e-mail address").fill("mo@example.org")
    ana.get_by_label("How do they know of it?").fill("runs the office")
    ana.get_by_role("button", name="Ask them").click()
    expect(ana.get_by_role("alert")).to_contain_text("works in your service")
    ana.get_by_label("Their e-mail address").fill("noor@example.org")
    ana.get_by_role("button", name="Ask them").click()
    expect(ana.get_by_text("Noor Saleh has been asked by e-mail.")).to_be_visible()

    letter = Letter.objects.get(to="noor@example.org")
    noor = at_home()
    address = "/outcome-answers/" + letter.text.split("/outcome-answers/")[1].split()[0]
    noor.goto(address)
    expect(noor.get_by_text("They take a call on a Friday.")).to_be_visible()
    if at_home.with_js:
        axe(noor)
    tick(noor, "Is it so?", "I don’t agree")
    noor.get_by_role("button", name="Say this").click()
    expect(noor.get_by_role("alert")).to_contain_text("Say what is different")
    noor.get_by_label("What would you add?").fill("We always took calls.")
    noor.get_by_role("button", name="Say this").click()
    expect(noor.get_by_role("heading", name="Thank you. Your answer is kept.")).to_be_visible()
    noor.goto(address)
    expect(noor.get_by_role("heading", name="This link has been used")).to_be_visible()

    ana.goto(Outcome.objects.get().get_absolute_url())
    expect(ana.get_by_text("Does not agree")).to_be_visible()
    expect(ana.get_by_text("We always took calls.")).to_be_visible()
    expect(ana.get_by_text("its words stay as they were answered")).to_be_visible()
    expect(ana.get_by_role("link", name="Remove it for good")).to_have_count(0)
