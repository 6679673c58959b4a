"""A paper for a board, with and without JavaScript: staff make it, look it over and issue it; a leader who
sits on the board is told, reads it, takes the PDF along; and a voice that is taken back is gone from both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from labs.actions.voices import consenting
from systemschangers.kernel.models import Letter
from tests.factories.board_papers import BARRIER, PERIOD, PROMISE, STORY, VOICE, full_board
from tests.wins.test_board_paper_pdf import WILD, board_full_of
from wins.board_paper.pdf import pages
from wins.models import BoardPaper

pytestmark = pytest.mark.browser


def test_staff_make_a_paper_and_a_leader_reads_it_and_takes_it_along(
    world, at_home, no_sideways, axe
):
    full = full_board(world)
    cas = at_home(world.cas)
    cas.goto("/more/")
    cas.get_by_role("link", name="Board papers").click()
    cas.get_by_role("link", name="Make a paper").first.click()
    cas.get_by_role("button", name="See how it reads").click()
    expect(cas.get_by_role("alert")).to_contain_text("For which board?")
    cas.get_by_label("For which board?").select_option(label=str(full.board))
    cas.get_by_label("About which time?").select_option(PERIOD)
    meets = timezone.localdate() + timedelta(days=2)
    cas.get_by_label("When does the board meet?").fill(meets.isoformat())
    cas.get_by_label("What do you want to say first?").fill("One letter, and what it cost.")
    cas.locator("label").get_by_text("Nine years, and a key").click()
    cas.get_by_role("button", name="See how it reads").click()
    expect(cas.get_by_text("A draft. Only programme staff see it.")).to_be_visible()
    for words in (VOICE, "We ring on the day now.", BARRIER, PROMISE, STORY):
        expect(cas.get_by_text(words).first).to_be_visible()
    no_sideways(cas)
    cas.get_by_role("link", name="Change it").click()
    cas.get_by_label("What do you want to say first?").fill("A letter came too late.")
    cas.get_by_role("button", name="Save").click()
    expect(cas.get_by_text("A letter came too late.")).to_be_visible()
    cas.get_by_role("link", name="Issue it to the board").click()
    expect(cas.get_by_text("Told, and can read it here: Lee Whitaker.")).to_be_visible()
    expect(cas.get_by_text("Ruth Calloway")).to_be_visible()
    cas.get_by_role("button", name="Issue the paper").click()
    expect(cas.get_by_text("Those of the board are told.")).to_be_visible()
    expect(cas.get_by_role("link", name="Change it")).to_have_count(0)

    lee = at_home(world.lee)
    lee.goto("/noticed/")
    lee.get_by_text("There is a new paper for a board you sit on.").click()
    expect(lee.get_by_text("A letter came too late.")).to_be_visible()
    expect(lee.get_by_text(VOICE)).to_be_visible()
    expect(lee.get_by_role("link", name="Issue it to the board")).to_have_count(0)
    no_sideways(lee)
    with lee.expect_download() as taken:
        lee.get_by_role("link", name="Save as a PDF").click()
    assert taken.value.suggested_filename == f"board-paper-housing-board-{PERIOD}.pdf"
    made = taken.value.path().read_bytes()
    assert made.startswith(b"%PDF")
    assert 1 <= pages(made) <= 4
    lee.goto(full.board.get_absolute_url())
    lee.get_by_role("link", name=f"The year {PERIOD}").click()
    expect(lee.get_by_text(VOICE)).to_be_visible()

    ruth = at_home()
    link = (
        Letter.objects.get(to="ruth@board.example").text.split("/board-paper-links/")[1].split()[0]
    )
    ruth.goto(f"/board-paper-links/{link}")
    expect(ruth.get_by_text(VOICE)).to_have_count(0)
    if at_home.with_js:
        axe(ruth)
    ruth.get_by_role("button", name="Read it").click()
    expect(ruth.get_by_text(VOICE)).to_be_visible()
    expect(ruth.get_by_text(BARRIER)).to_be_visible()
    no_sideways(ruth)
    if at_home.with_js:
        axe(ruth)

    consenting.take_back(voice=full.voice, by=world.ana, at=timezone.now())
    ruth.reload()
    expect(ruth.get_by_text("One voice is no longer here")).to_be_visible()
    lee.reload()
    expect(lee.get_by_text("One voice is no longer here")).to_be_visible()
    expect(lee.get_by_text(VOICE)).to_have_count(0)


def test_a_draft_is_thrown_away_and_a_newer_paper_takes_the_place_of_an_older(world, at_home):
    full = full_board(world)
    cas = at_home(world.cas)
    cas.goto(full.board.get_absolute_url())
    for _ in range(2):
        cas.get_by_role("link", name="Make a").first.click()
        expect(cas.get_by_label("For which board?")).to_have_value(str(full.board.pk))
        cas.get_by_label("About which time?").select_option(PERIOD)
        cas.get_by_role("button", name="See how it reads").click()
        cas.get_by_role("link", name="Issue it to the board").click()
        cas.get_by_role("button", name="Issue the paper").click()
        expect(cas.get_by_text("Issued. Those of the board")).to_be_visible()
    older, newer = BoardPaper.objects.order_by("pk")
    cas.goto(older.get_absolute_url())
    cas.get_by_role("link", name="Read that one").click()
    cas.wait_for_url(f"**{newer.get_absolute_url()}")
    cas.get_by_role("link", name="Make a newer one").click()
    cas.get_by_role("button", name="See how it reads").click()
    cas.get_by_role("link", name="Throw it away").click()
    cas.get_by_role("button", name="Throw it away").click()
    expect(cas.get_by_text("The draft is thrown away.")).to_be_visible()
    assert BoardPaper.objects.count() == 2


@pytest.mark.parametrize("words", list(WILD))
def test_printed_from_the_page_it_is_never_over_four_pages(words, world, open_browser, sign_in):
    paper = board_full_of(world, WILD[words])
    page = open_browser(is_mobile=False)
    sign_in(page, world.cas)
    page.goto(paper.get_absolute_url())
    page.emulate_media(media="print")
    assert 1 <= pages(page.pdf(format="A4", prefer_css_page_size=True)) <= 4
