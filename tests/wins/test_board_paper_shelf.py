"""The shelf of papers: which to read next, which are new, which were opened, in words, for each their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.leaving import leave
from cohorts.models import Person
from cohorts.waiting import waiting
from systemschangers.kernel.personal_data import everything_about
from tests.factories.board_papers import full_board, issued, make_paper
from wins import paper_waiting
from wins.board_paper.shelf import meeting_words, read_next
from wins.models import BoardPaper, PaperReading

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def board(world):
    return full_board(world).board


def paper_for(board, by, ahead, **fields):
    meets_on = timezone.localdate() + ahead * DAY if ahead is not None else None
    return issued(board, by, meets_on=meets_on, **fields)


def shelf(browser):
    page = browser.get(reverse("wins:board_papers"))
    return page.context["next"], {one.paper.pk: one for one in page.context["shelf"]}


def test_next_is_what_the_board_meets_about_soonest_and_then_the_newest(world, board):
    """The day of a meeting can be past by now: it was ahead when the paper was made."""
    late, undated, soon, over = (paper_for(board, world.cas, ahead) for ahead in (9, None, 2, 1))
    today = timezone.localdate() + DAY + DAY
    order = []
    while one := read_next(world.lee, today):
        order.append(one.paper.pk)
        PaperReading.objects.create(paper=one.paper, person=world.lee, opened_at=timezone.now())
    assert order == [soon.pk, late.pk, over.pk, undated.pk]


def test_opening_it_is_noted_once_and_for_the_reader_alone(world, board, as_):
    it = paper_for(board, world.cas, 5)
    lee = as_(world.lee)
    following, shown = shelf(lee)
    assert (following.paper, shown[it.pk].is_new) == (it, True)
    assert lee.get(it.get_absolute_url()).status_code == 200
    first = PaperReading.objects.get().opened_at
    lee.get(it.get_absolute_url())
    following, shown = shelf(lee)
    assert (following, shown[it.pk].is_new, shown[it.pk].opened_at) == (None, False, first)
    page = lee.get(reverse("wins:board_papers")).content.decode()
    assert "You first opened it" in page
    assert "Read this next" not in page
    assert "opened" not in as_(world.cas).get(reverse("wins:board_papers")).content.decode()


def test_who_makes_papers_reads_none_of_them_by_looking(world, board, as_):
    it, draft = paper_for(board, world.cas, 5), make_paper(board, world.cas)
    cas = as_(world.cas)
    for paper in (it, draft):
        assert cas.get(paper.get_absolute_url()).status_code == 200
    following, shown = shelf(cas)
    assert following is None
    assert not any(one.to_read for one in shown.values())
    assert not PaperReading.objects.exists()


def test_it_waits_on_home_until_it_is_opened_or_the_board_has_met(world, board, as_):
    it, now = paper_for(board, world.cas, 5), timezone.now()

    def waits(person, at):
        return [(row.label, row.url) for row in waiting(paper_waiting.KINDS, person, at)]

    told = [(f"A paper to read for {board.name}", it.get_absolute_url())]
    assert waits(world.lee, now) == told
    assert waits(world.lee, now + 6 * DAY) == []
    assert waits(world.ana, now) == waits(world.cas, now) == []
    as_(world.lee).get(it.get_absolute_url())
    assert waits(world.lee, now) == []


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (0, "The board meets on Tuesday 1 December, today."),
        (1, "The board meets on Wednesday 2 December, tomorrow."),
        (40, "The board meets on Sunday 10 January 2027, in 40 days."),
        (-1, "The board met on Monday 30 November."),
    ],
)
def test_when_the_board_meets_is_said_in_words(ahead, said):
    today = date(2026, 12, 1)
    assert meeting_words(today + ahead * DAY, today) == said
    assert meeting_words(None, today) == ""


def test_the_list_takes_as_many_queries_for_one_paper_as_for_fifteen(world, board, as_):
    browser, address = as_(world.lee), reverse("wins:board_papers")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    paper_for(board, world.cas, 5)
    browser.get(address)
    few = count()
    kept = BoardPaper.objects.get()
    for _ in range(14):
        kept.pk = None
        kept.save()
    assert count() == few <= 8


def test_what_was_opened_is_told_to_them_and_goes_with_them(world, board, as_):
    it = paper_for(board, world.cas, 5)
    as_(world.lee).get(it.get_absolute_url())
    told = {section.key: list(section.rows) for section in everything_about(world.lee)}
    assert [row["for"] for row in told["boardpapersread"]] == [board.name]
    leave(by=Person.objects.get(pk=world.lee.pk), went_to="unknown", at=timezone.now())
    assert not PaperReading.objects.exists()
