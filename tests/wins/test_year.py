"""A year of one's own wins: words, no figures, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import Theme
from tests.factories import make_win
from wins.models import ThankYou

pytestmark = pytest.mark.usefixtures("in_december")


@pytest.fixture
def in_december():
    with time_machine.travel(datetime(2026, 12, 20, 12, tzinfo=UTC), tick=False):
        yield


def at(month: int, day: int = 5, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def words_of(page) -> str:
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    text = re.sub(r"<[^>]+>", " ", f"<main{main}")
    return " ".join(text.split())


def test_an_empty_year_offers_the_first_step(as_, ana):
    page = as_(ana).get("/wins/year/")
    assert "Nothing here yet" in words_of(page)
    assert "/wins/new/" in page.content.decode()


def test_a_year_tells_what_one_kept_doing_came_back_to_and_was_told(as_, ana, mo, zed):
    housing, prison = Theme.objects.order_by("name")
    first = make_win(ana, "We moved the meeting.", at=at(2), depth="flex", themes=[housing])
    make_win(ana, "It is in the handbook.", at=at(6), depth="written", themes=[housing, prison])
    make_win(ana, "Only mine.", at=at(6, 9), visibility="only_me")
    first.helpers.create(person=mo)
    first.helpers.create(name="The night porter")
    first.comments.create(author=zed, words="You were so patient.", made_at=at(3))
    first.comments.create(author=mo, words="Hidden.", made_at=at(3), removed_at=at(3))
    first.comments.create(author=ana, words="My own words.", made_at=at(3))
    ThankYou.objects.create(giver=mo, receiver=ana, words="I saw you stay late.", made_at=at(4))
    told = words_of(as_(ana).get("/wins/year/"))
    assert "you bent rules kindly" in told
    assert "into writing" in told
    assert "Move-on housing" in told
    assert "Prison release" not in told, "once is not coming back to it"
    assert "Mo Rahman, The night porter" in told
    assert "You were so patient. Zed Kowalski" in told
    assert "I saw you stay late. Mo Rahman" in told
    assert "Hidden." not in told
    assert "My own words." not in told
    assert told.index("February") < told.index("We moved the meeting.") < told.index("June")
    assert "Only mine." in told


def test_nothing_is_added_up_or_compared(as_, ana):
    for month in range(1, 12):
        make_win(ana, "A small thing.", at=at(month), depth="flex")
    told = words_of(as_(ana).get("/wins/year/")).replace("2026", "")
    assert not re.search(r"\d", told)


def test_nobody_elses_wins_are_in_it_nor_drafts(as_, ana, mo):
    make_win(mo, "Mo did this.", at=at(5))
    make_win(ana, "Not yet.", at=at(5), state="draft")
    assert "Nothing here yet" in words_of(as_(ana).get("/wins/year/"))


def test_earlier_years_are_a_link_away(as_, ana):
    make_win(ana, "Last year’s.", at=at(5, year=2025))
    make_win(ana, "This year’s.", at=at(5))
    page = as_(ana).get("/wins/year/").content.decode()
    assert "This year’s." in page
    assert "Last year’s." not in page
    assert 'href="?year=2025"' in page
    assert "Last year’s." in as_(ana).get("/wins/year/?year=2025").content.decode()


@pytest.mark.parametrize(
    "asked", ["1999", "2027", "0", "-1", "x", "", "9" * 31, "２０２６", "2026.5"]
)
def test_a_year_that_is_none_is_not_found(as_, ana, asked):
    assert as_(ana).get("/wins/year/", {"year": asked}).status_code == 404


def test_a_full_year_takes_as_many_queries_as_one_win(as_, ana, mo):
    browser, counts = as_(ana), []
    for many in (1, 30):
        for day in range(many):
            win = make_win(ana, "A small thing.", at=at(day % 12 + 1, day % 27 + 1))
            win.themes.set(Theme.objects.all())
            win.helpers.create(person=mo)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/wins/year/")
        counts.append(len(queries))
    print(f"year: {counts[0]} queries")
    assert counts[0] == counts[1] <= 11
