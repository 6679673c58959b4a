"""What waits on home, in groups: what others wait for first, late things before others, a few of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.waiting import Group, Row, in_order
from systemschangers.home.waiting import FEW, in_short
from tests.conftest import NOW
from tests.factories import make_win
from tests.factories.time import make_time
from wins.models import Win

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
COPIED = (
    "author",
    "service",
    "cohort",
    "what_happened",
    "visibility",
    "state",
    "made_at",
    "touched_at",
)


def row(label: str, group: Group, days: int = 0, late: str = "") -> Row:
    return Row(label, "/", "", "note", group, NOW - days * DAY, late)


def test_few_rows_or_one_group_are_one_list_without_headings_of_groups():
    mixed = [row("a", Group.OTHERS), row("b", Group.OWN)]
    (one,) = in_short(mixed)
    assert (one.heading, one.rows, one.is_cut) == ("Waiting for you", mixed, False)
    own = [row(str(number), Group.OWN) for number in range(5)]
    (one,) = in_short(own)
    assert (one.heading, len(one.rows), one.count) == ("Waiting for you", FEW, 5)
    assert in_short([]) == []


def test_of_each_group_a_few_are_shown_and_how_many_there_are():
    rows = [row(str(number), Group.OTHERS) for number in range(14)]
    rows += [row(str(number), Group.OWN) for number in range(FEW + 1)]
    others, own = in_short(rows)
    assert (others.heading, len(others.rows), others.count) == ("Others wait for you", FEW, 14)
    assert (own.heading, len(own.rows), own.is_cut) == ("Yours to finish", FEW + 1, False)


def test_several_of_one_sort_are_told_as_one_before_any_is_left_out():
    many = "{} voices to look over"
    voices = [
        replace(row("A voice", Group.OTHERS, days, "Late"), many=many) for days in (9, 8, 7, 6)
    ]
    others = [*voices, row("A barrier", Group.OTHERS)]
    first, second = in_short([*others, row("Own", Group.OWN)])[0].rows
    assert (first.label, first.late) == ("4 voices to look over", "The oldest: late")
    assert (first.url, second.label) == (f"{reverse('home:waiting')}#others", "A barrier")
    assert not in_short(others)[0].is_cut
    few = others[:2]
    assert in_short([*few, *(row("Own", Group.OWN) for _ in range(2))])[0].rows == few


def test_what_others_wait_for_comes_first_late_things_before_others_and_says_so(world, as_):
    make_time(world.ana, asked_at=NOW - 20 * DAY, starts_at=NOW + 9 * DAY)
    for number in range(6):
        make_win(world.mo, f"Half a sentence {number}", state="draft")
    with time_machine.travel(NOW, tick=False):
        page = as_(world.mo).get("/").content.decode()
        whole = as_(world.mo).get(reverse("home:waiting")).content.decode()
    found = [page.index(words) for words in ("Others wait for you", "Waits since 18 February")]
    found += [page.index(words) for words in ("Yours to finish", "6 drafts to finish")]
    assert found == sorted(found)
    assert whole.count("Finish your draft") == 6


def test_groups_come_in_their_order_and_in_each_what_is_late_or_longest_waited_for():
    rows = [
        row("an old draft", Group.OWN, 30),
        row("a new draft", Group.OWN, 1),
        row("ran out", Group.OWN, 3, late="Since Tuesday"),
        row("this week", Group.WEEK),
        row("asked today", Group.OTHERS),
        row("asked on Monday", Group.OTHERS, 1),
        row("promised", Group.OTHERS, 0, late="Promised by Monday"),
        row("asked a month ago", Group.OTHERS, 30),
    ]
    ordered = in_order(rows, NOW)
    assert [one.label for one in ordered] == [
        *("asked a month ago", "promised", "asked on Monday", "asked today", "this week"),
        *("ran out", "a new draft", "an old draft"),
    ]
    assert [one.late for one in ordered[:3]] == [
        *("Waits since 8 February", "Promised by Monday", ""),
    ]


def test_a_hundred_of_a_kind_are_not_counted_further(world, as_, django_assert_num_queries):
    """As many queries for a hundred and more as for one."""
    browser, address = as_(world.mo), reverse("home:waiting")
    first = make_win(world.mo, "Half a sentence", state="draft")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    Win.objects.bulk_create(
        Win(**{field: getattr(first, field) for field in COPIED}) for _ in range(120)
    )
    with django_assert_num_queries(len(one)):
        page = browser.get(address).content.decode()
    assert page.count("Finish your draft") == 100
    assert "100 or more drafts to finish" in browser.get("/").content.decode()


def test_nothing_waits_is_said(world, as_):
    assert "Nothing waits for you" in as_(world.zed).get(reverse("home:waiting")).content.decode()
