"""How long somebody has been on the frontline: worked out from posts, overlaps counted once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.frontline_time import time_on_frontline
from cohorts.models import Post

TODAY = date(2026, 3, 10)


def post(started, ended=None, kind="frontline"):
    return Post(started=date(*started), ended=ended and date(*ended), kind=kind)


def words(*posts):
    found = time_on_frontline(posts, TODAY)
    return found and found.words


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ([], None),
        ([post((2026, 3, 1))], "less than a month"),
        ([post((2025, 10, 1))], "5 months"),
        ([post((2025, 2, 1))], "1 year and 1 month"),
        ([post((2017, 1, 8))], "9 years"),
        ([post((2017, 1, 8), kind="manager")], None),
        ([post((2027, 1, 8))], None),
        # Two at once for six years are six years; a gap of four is not counted.
        ([post((2010, 1, 1), (2016, 1, 1)), post((2011, 1, 1), (2015, 1, 1))], "5 years"),
        ([post((2010, 1, 1), (2014, 1, 2)), post((2018, 1, 1), (2022, 1, 2))], "8 years"),
        # The next began the day the last ended.
        ([post((2010, 1, 1), (2013, 1, 2)), post((2013, 1, 2), (2016, 1, 2))], "6 years"),
    ],
)
def test_it_is_said_as_people_say_it(posts, said):
    assert words(*posts) == said


def test_who_has_no_frontline_post_now_has_left_when_the_last_ended():
    gone = [post((2010, 1, 1), (2016, 1, 1)), post((2011, 1, 1), (2015, 1, 1))]
    assert time_on_frontline(gone, TODAY).left == date(2016, 1, 1)
    assert time_on_frontline([*gone, post((2020, 1, 1))], TODAY).left is None
    managing = post((2020, 1, 1), kind="manager")
    assert time_on_frontline([*gone, managing], TODAY).left == date(2016, 1, 1)
    assert time_on_frontline([*gone, managing], TODAY).since == date(2010, 1, 1)


days = st.integers(-700, 60).map(lambda back: TODAY + timedelta(days=back))
spans = st.tuples(days, st.none() | st.integers(0, 600), st.sampled_from(["frontline", "manager"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(spans, max_size=6))
def test_it_is_the_number_of_days_on_which_some_frontline_post_stood(drawn):
    posts = [
        Post(started=start, ended=None if length is None else start + timedelta(length), kind=kind)
        for start, length, kind in drawn
    ]
    stood = {
        day
        for one in posts
        if one.kind == "frontline"
        for back in range(701)
        for day in [TODAY - timedelta(days=back)]
        if one.started <= day and (one.ended is None or day < one.ended)
    }
    found = time_on_frontline(posts, TODAY)
    assert (found.days if found else 0) == len(stood)
