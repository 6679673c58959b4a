"""Thinking exercises and the journal as people meet them, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from labs.models import Canvas
from tests.factories import make_win
from tests.factories.labs import QUESTION, join, make_lab
from tests.factories.time import make_time

pytestmark = pytest.mark.browser
ANSWERS = (
    "Three people lost their place on the list.",
    "They did not answer a letter.",
    "It went to an old address.",
    "The form has no room for a phone number.",
    "Nobody has changed it since phones.",
    "Nobody owns the form.",
    "Ask both teams into one room.",
)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_five_whys_from_a_win_shared_into_a_lab_and_with_a_person(world, at_home):
    now = timezone.now()
    lab = make_lab(world.cas, now)
    join(lab, world.ana, world.cas, now)
    join(lab, world.sam, world.cas, now, "service_user", alias="Robin")
    win = make_win(world.ana, "The letter got there.", visibility="service")
    ana = at_home(world.ana)
    ana.goto(win.get_absolute_url())
    ana.get_by_role("link", name="Think it through").click()
    press(ana, "Begin Five whys")
    for number, words in enumerate(ANSWERS, 1):
        expect(ana.get_by_text(f"Question {number} of 7")).to_be_visible()
        expect(ana.get_by_role("link", name="The letter got there.")).to_be_visible()
        ana.get_by_label("Your answer").fill(words)
        if number == 2:
            press(ana, "Question before")
            expect(ana.get_by_label("Your answer")).to_have_value(ANSWERS[0])
            press(ana, "Next question")
            expect(ana.get_by_label("Your answer")).to_have_value(words)
        if number == 4:
            press(ana, "Keep it for later")
            expect(ana.get_by_text("Not finished")).to_be_visible()
            ana.goto("/tools/")
            ana.get_by_role("link", name="Five whys: Three people").click()
            ana.get_by_role("link", name="Go on", exact=True).click()
            continue
        press(ana, "Finish" if number == 7 else "Next question")
    expect(ana.get_by_text("Only you see it.")).to_be_visible()
    canvas = Canvas.objects.get()

    zed = at_home(world.zed)
    assert zed.goto(canvas.get_absolute_url()).status == 404
    ana.get_by_role("link", name="Share it").click()
    press(ana, "Share it")
    expect(ana.get_by_text("There is a problem")).to_be_visible()
    ana.get_by_label("With a lab").select_option(label=QUESTION)
    ana.get_by_label("With a person").fill("zed kowalski")
    press(ana, "Share it")
    expect(ana.get_by_text("Shared with Zed Kowalski and the lab, who are told.")).to_be_visible()

    sam = at_home(world.sam)
    sam.goto(lab.get_absolute_url())
    sam.get_by_role("link", name="Five whys: Three people").click()
    expect(sam.get_by_text("Nobody owns the form.")).to_be_visible()
    expect(sam.get_by_text("The letter got there.")).to_have_count(0)

    zed.goto("/noticed/")
    zed.get_by_role("link", name="Ana Okafor shared a thinking exercise with you").click()
    expect(zed.get_by_text("Nobody owns the form.")).to_be_visible()
    expect(zed.get_by_text("The letter got there.")).to_have_count(0)
    zed.get_by_role("link", name="Print it").click()
    expect(zed.get_by_role("heading", name="Five whys")).to_be_visible()

    press(ana, "Stop sharing Zed Kowalski")
    expect(ana.get_by_role("button", name="Stop sharing Zed Kowalski")).to_have_count(0)
    assert zed.goto(canvas.get_absolute_url()).status == 404
    assert sam.reload().status == 200
    press(ana, "Stop sharing The lab")
    expect(ana.get_by_text("Only you see it.")).to_be_visible()
    assert sam.reload().status == 404


def test_a_manager_adds_an_exercise_and_somebody_draws_a_loop(world, at_home):
    mo = at_home(world.mo)
    mo.goto("/tools/")
    mo.get_by_role("link", name="Add an exercise of your own").click()
    mo.get_by_label("What is it called?").fill("The empty chair")
    mo.get_by_label("What is it for?").fill("To hear who is not in the room.")
    mo.get_by_label("Its questions, one a line").fill("Who is missing?\nWhat would they say?")
    press(mo, "Add this exercise")
    expect(mo.get_by_text("Added. Everyone here can use it.")).to_be_visible()

    ana = at_home(world.ana)
    ana.goto("/tools/")
    expect(ana.get_by_role("link", name="The empty chair")).to_be_visible()
    ana.get_by_role("link", name="Feedback loop").click()
    press(ana, "Begin")
    steps = ("More missed visits", "Stricter letters", "People stay away", "")
    for number, words in enumerate(steps, 1):
        expect(ana.get_by_text(f"Question {number} of 6")).to_be_visible()
        ana.get_by_label("Your answer").fill(words)
        press(ana, "Next question")
    expect(ana.get_by_text("Question 5 of 6")).to_be_visible()
    ana.get_by_text("It grows each time round").first.click()
    press(ana, "Next question")
    expect(ana.get_by_text("Question 6 of 6")).to_be_visible()
    press(ana, "Finish")
    picture = ana.get_by_role("img", name="A picture of the loop")
    expect(picture).to_be_visible()
    expect(picture.locator("rect")).to_have_count(3)

    press(mo, "Retire it")
    expect(mo.get_by_text("Retired. What people filled in stays with them.")).to_be_visible()
    ana.goto("/tools/")
    expect(ana.get_by_role("link", name="The empty chair")).to_have_count(0)


def test_a_page_of_the_journal_becomes_a_win_and_a_barrier(world, at_home):
    time = make_time(world.ana, state="taken", purpose="stand_back")
    ana = at_home(world.ana)
    ana.goto(f"/time/{time.pk}/")
    ana.get_by_role("link", name="Write in your journal what you saw").click()
    ana.get_by_role("link", name="Another question").click()
    press(ana, "Keep it")
    expect(ana.get_by_text("There is a problem")).to_be_visible()
    ana.get_by_label("What do you see?").fill("A door stood open. The form asks twice. I am tired.")
    press(ana, "Keep it")
    expect(ana.get_by_text("Only you can read this.")).to_be_visible()
    journal = ana.url

    ana.get_by_role("link", name="Make something of it").click()
    ana.get_by_label("Keep only the words you want to use").fill("A door stood open.")
    ana.get_by_text("A small win").click()
    press(ana, "Go on to the form")
    expect(ana.get_by_label("What happened?")).to_have_value("A door stood open.")

    ana.goto(journal)
    ana.get_by_role("link", name="Make something of it").click()
    ana.get_by_label("Keep only the words you want to use").fill("The form asks twice.")
    ana.get_by_text("A barrier").click()
    press(ana, "Go on to the form")
    expect(ana.get_by_label("What gets in the way?")).to_have_value("The form asks twice.")
    press(ana, "Raise this barrier")
    expect(ana.get_by_text("Raised. It is on the board.")).to_be_visible()
    barrier = ana.url
    expect(ana.get_by_role("link", name="A door stood open. The form asks twice.")).to_be_visible()

    mo = at_home(world.mo)
    mo.goto(barrier)
    expect(mo.get_by_text("The form asks twice.").first).to_be_visible()
    expect(mo.get_by_text("I am tired")).to_have_count(0)
    path = "/reflections/" + journal.rstrip("/").rpartition("/")[2] + "/"
    assert mo.goto(path).status == 404
