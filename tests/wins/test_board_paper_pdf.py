"""The paper as a PDF: four pages at most whatever anybody writes, and their words as they wrote them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.models import Board, Person
from labs.models import Barrier
from tests.factories.barriers import make_barrier
from tests.factories.board_papers import PERIOD, full_board, issued, make_paper
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_commitment
from tests.factories.stories import make_story
from tests.factories.voices import claim, make_voice, respond
from wins.board_paper import pdf, typesetting
from wins.board_paper.cutting import columns, cut, one_line
from wins.board_paper.reading import read
from wins.models import BoardPaper

TODAY = timezone.localdate()
WILD = {
    "typst": "#sys.inputs *x* _y_ $1/0$ `c` @ref <label> = H \\ #panic(1) // ",
    "right to left": "قالوا لي إن غرفتي ذهبت. ",
    "wide": "WWWWWWWWWWWW MMMMMMMMMMMM 我的信晚了三個星期 🏚🏚🏚 ",
    "without an end": "x" * 4000,
    "lines": "a\n\n",
    "overridden": "\u202e turned \u2067 about \u200b",
}


def board_full_of(world, words: str) -> BoardPaper:
    """As much of everything as a paper takes and more, all of it `words` again and again."""
    full, now = full_board(world), timezone.now()
    long = {most: (words * most)[:most] for most in (110, 600, 1000, 2000, 4000, 6000)}
    Board.objects.filter(pk=full.board.pk).update(name=long[110])
    for _ in range(7):
        voice = make_voice(
            world.ana, full.board, long[4000], checker=world.cas, scope={"to_board": True}
        )
        for _ in range(3):
            respond(voice, world.lee, words=long[2000])
        claim(voice, words=long[2000])
        make_barrier(world.ana, long[2000], leader=full.leader)
        make_commitment(full.request, now, words=long[1000], due_on=TODAY - timedelta(days=1))
    told = [make_story(make_person(world.hostel), long[110], words=long[6000]) for _ in range(3)]
    full.board.refresh_from_db()
    return make_paper(full.board, world.cas, words=long[600], stories=told)


@pytest.mark.django_db
@pytest.mark.parametrize("words", WILD.values(), ids=WILD)
def test_it_is_never_over_four_pages(words, world):
    made = pdf.pdf_of(board_full_of(world, words), world.cas, TODAY)
    assert 1 <= pdf.pages(made) <= 4


@pytest.mark.django_db
def test_what_people_wrote_stands_there_letter_by_letter(world):
    """Asked of typst itself: the heading of a story is one text, and nothing in it was carried out."""
    import typst

    full = full_board(world)
    told = [
        make_story(make_person(world.hostel), words.strip()[:90])
        for key, words in WILD.items()
        if key in ("typst", "right to left", "wide")
    ]
    paper = read(make_paper(full.board, world.cas, stories=told), world.cas, TODAY)
    found = typst.query(
        str(typesetting.SOURCE),
        "heading.where(level: 3)",
        field="body",
        sys_inputs={"paper": json.dumps(asdict(paper))},
    )
    assert [one["text"] for one in json.loads(found)] == [story.title for story in told]


@pytest.mark.django_db
def test_it_can_be_read_aloud_and_says_what_it_is(world):
    """PDF/UA-1: tagged, with its language and title. typst refuses to write one that is not."""
    made = pdf.pdf_of(issued(full_board(world).board, world.cas), world.cas, TODAY)
    assert made.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/Lang(en-GB)", b"/DisplayDocTitle true", b"pdfuaid"):
        assert mark in made.replace(b"/Lang (", b"/Lang("), mark


@pytest.mark.django_db
def test_the_web_process_does_not_load_typst(world, monkeypatch):
    monkeypatch.delitem(sys.modules, "typst", raising=False)
    assert pdf.pdf_of(make_paper(full_board(world).board, world.cas), world.cas, TODAY)
    assert "typst" not in sys.modules


@pytest.mark.django_db
def test_it_is_a_file_with_a_name_of_its_own_that_nothing_keeps(world, as_):
    paper = issued(full_board(world).board, world.cas)
    answer = as_(world.lee).get(f"{paper.get_absolute_url()}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="board-paper-housing-board-{PERIOD}.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_pdf_that_fails_leads_back_to_the_page_and_tells_nothing(
    world, as_, monkeypatch, tmp_path
):
    broken = tmp_path / "typesetting.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr(pdf, "PROGRAM", broken)
    paper = issued(full_board(world).board, world.cas)
    answer = as_(world.lee).get(f"{paper.get_absolute_url()}pdf/", follow=True)
    assert "The PDF could not be made. Print this page instead." in answer.content.decode()


@pytest.mark.django_db
def test_it_holds_what_the_page_holds_for_its_reader(world):
    full = full_board(world)
    paper = issued(full.board, world.cas)
    read_by_lee = read(paper, Person.objects.get(pk=world.lee.pk), TODAY)
    Barrier.objects.filter(pk=full.barrier.pk).update(state="set_aside")
    assert len(read_by_lee.barriers.rows) == 1
    assert read(paper, Person.objects.get(pk=world.lee.pk), TODAY).barriers.rows == []


# --- Cut to the room there is ---------------------------------------------------------------------

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=700)


@given(ANYTHING, st.integers(min_value=120, max_value=500))
@settings(max_examples=150, deadline=None)
def test_what_is_kept_fits_and_is_what_was_written(text, room):
    kept = cut(text, room)
    whole = "".join(kept.paragraphs).replace("\u200b", "")
    assert columns(whole) <= room + 2
    assert kept.whole or whole.endswith(" …")
    begun = whole.removesuffix(" …").split()
    steered = "".join(text.replace("\r", "\n").split())
    assert "\n" not in whole
    for word in begun[:1]:
        assert word[0] in steered


def test_a_cut_ends_with_a_sentence_where_that_leaves_enough():
    text = (
        "They rang me. I came at once. " + "And then I waited in the corridor for a long time " * 4
    )
    assert cut(text, 45).paragraphs == ("They rang me. I came at once. …",)
    assert cut("A very long sentence that does not end anywhere near here", 24).paragraphs == (
        "A very long sentence …",
    )


def test_lines_cost_room_and_words_without_an_end_may_be_broken():
    assert len(cut("a\n\n" * 500, 600).paragraphs) <= 6
    assert "\u200b" in cut("x" * 40, 100).paragraphs[0]
    assert one_line("one\n\ntwo  three", 50) == "one two three"
