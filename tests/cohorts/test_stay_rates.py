"""The stay rate: who counts, who has stayed, and that who is not known is never counted as stayed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cohorts.check_in_words import words_to_show
from cohorts.models import Cohort, Membership, Post, RoleCheckIn
from cohorts.stay_drawing import draw, in_words, months_shown
from cohorts.stay_rates import Journey, months_after, months_between, stay_in, stay_of, who_joined
from cohorts.survival import Followed
from tests.factories.cohorts import make_person
from tests.factories.memberships import make_member
from tests.factories.roles import make_check_in

JOINED = date(2024, 1, 15)
TODAY = date(2026, 3, 10)


def post(started=date(2023, 1, 1), ended=None, went_to="", kind="frontline", pk=1):
    return Post(pk=pk, kind=kind, started=started, ended=ended, went_to=went_to)


def said(moment, where):
    at = datetime.combine(months_after(JOINED, moment), datetime.min.time(), UTC)
    return RoleCheckIn(moment=moment, where=where, answered_at=at)


def journey(*posts, check_ins=(), left_on=None):
    return Journey(JOINED, left_on, list(posts), list(check_ins))


CASES = {
    "in a frontline post still": (journey(post()), "stayed"),
    "left it for good": (journey(post(ended=date(2024, 9, 1), went_to="left")), "gone"),
    "left it to influence": (journey(post(ended=date(2024, 9, 1), went_to="influencing")), "gone"),
    "went to another frontline job lately": (
        journey(post(ended=date(2024, 9, 1), went_to="frontline_elsewhere")),
        "stayed",
    ),
    "nobody knows where they went": (
        journey(post(ended=date(2024, 9, 1), went_to="unknown")),
        "not known",
    ),
    "nobody said where they went": (journey(post(ended=date(2024, 9, 1))), "not known"),
    "became a manager here": (
        journey(post(ended=date(2024, 9, 1)), post(started=date(2024, 9, 1), kind="manager", pk=2)),
        "gone",
    ),
    "has no post at all": (journey(), "not known"),
    "left this place": (journey(post(), left_on=date(2024, 9, 1)), "not known"),
    "would rather not say, with a post": (
        journey(post(), check_ins=[said(12, "unsaid")]),
        "not known",
    ),
    "says elsewhere, after going": (
        journey(post(ended=date(2024, 9, 1), went_to="left"), check_ins=[said(12, "elsewhere")]),
        "stayed",
    ),
    "says gone, with a post": (journey(post(), check_ins=[said(12, "left")]), "gone"),
}


@pytest.mark.parametrize("case", CASES)
def test_where_somebody_is_a_year_after(case):
    one, expected = CASES[case]
    assert one.at(12) == expected


def test_that_they_went_to_another_frontline_job_is_known_for_a_year():
    one = journey(post(ended=date(2024, 9, 1), went_to="frontline_elsewhere"))
    assert (one.at(12), one.at(24)) == ("stayed", "not known")


def test_each_is_counted_once_and_the_unknown_never_as_stayed():
    many = [one for one, _ in CASES.values()]
    rate = stay_in(many, TODAY).rates[1]
    expected = [answer for _, answer in CASES.values()]
    assert (rate.stayed, rate.gone, rate.unknown) == tuple(
        expected.count(answer) for answer in ("stayed", "gone", "not known")
    )
    assert rate.joined == len(CASES)
    assert f"{rate.stayed} of the {rate.joined} people" in in_words(rate)
    assert f"Of {rate.unknown} it is not known." in in_words(rate)
    known = [one for one, answer in CASES.values() if answer != "not known"]
    assert "It is known of them all." in in_words(stay_in(known, TODAY).rates[1])


def test_who_was_not_on_the_frontline_at_first_is_not_counted():
    never = journey(post(kind="manager"))
    assert stay_in([never, journey(post())], TODAY).rates[0].joined == 1


def test_who_joined_too_lately_is_not_in_the_denominator():
    late = Journey(months_after(TODAY, -11), None, [post()])
    assert [rate.joined for rate in stay_in([late], TODAY).rates] == [1, 0, 0]


FOLLOWED = {
    "in a frontline post still": Followed(25, False),
    "left it for good": Followed(7, True),
    "nobody knows where they went": Followed(7, False),
    "went to another frontline job lately": Followed(7, False),
    "has no post at all": Followed(0, False),
    "left this place": Followed(7, False),
    "would rather not say, with a post": Followed(0, False),
    "says gone, with a post": Followed(12, True),
    "says elsewhere, after going": Followed(12, False),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_for_how_long_somebody_was_followed(case):
    assert CASES[case][0].followed(TODAY) == FOLLOWED[case]


def test_four_people_are_told_nothing_of():
    stay = stay_in([journey(post())] * 4, TODAY)
    assert draw(stay) is None
    assert "fewer than five" in in_words(stay.rates[0])
    assert "4" not in in_words(stay.rates[0])
    assert draw(stay_in([journey(post())] * 5, TODAY)) is not None


@given(st.lists(st.builds(Followed, st.integers(0, 30), st.booleans()), max_size=20))
def test_no_step_is_shown_of_fewer_than_five(followed):
    end = months_shown(followed)
    assert sum(one.months >= end for one in followed) >= 5 or end == 0
    assert sum(one.months > end for one in followed) < 5 or end == 0


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_months_are_counted_back_as_they_are_counted_on(day, months):
    later = months_after(day, months)
    assert months_between(day, later) == months
    assert months_between(day, later - timedelta(days=1)) == months - 1 or later == day


def fill(world, count, **own):
    at = datetime(2024, 1, 15, 12, tzinfo=UTC)
    places = []
    for number in range(count):
        person = make_person(world.hostel)
        place = make_member(world.cohort, person, joined_at=at)
        make_check_in(
            place, 12, at, where="same", words=f"Reason {number:02}", may_show=True, **own
        )
        places.append(place)
    return places


def test_words_are_shown_of_five_who_agreed_and_without_names(world, as_):
    places = fill(world, 4)
    page = reverse("cohorts:stay", args=[world.cohort.pk])
    assert words_to_show(world.cohort) == []
    assert "Reason" not in as_(world.sam).get(page).content.decode()
    places += fill(world, 1)
    shown = as_(world.sam).get(page).content.decode()
    assert "Reason 03" in shown
    assert not any(place.person.name in shown for place in places)
    RoleCheckIn.objects.filter(membership=places[0]).update(may_show=False)
    assert "Reason" not in as_(world.sam).get(page).content.decode()


@pytest.mark.parametrize("since", ["withdrawn", "awaiting_manager"])
def test_who_only_applied_has_not_joined_and_who_is_out_again_has(since, world):
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    make_member(world.cohort, world.sam, "applied")
    out = make_member(world.cohort, world.lee, since)
    assert set(who_joined()) == set(Membership.objects.filter(person__in=[world.ana, world.zed]))
    make_check_in(out, 0, at)
    assert out in who_joined()


@pytest.mark.parametrize("name", ["stay_rates", "stay"])
def test_thirty_rows_cost_no_more_queries_than_one(name, world, as_):
    url = reverse(f"cohorts:{name}", args=[world.cohort.pk] if name == "stay" else [])
    browser = as_(world.ana)
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    before = count()
    fill(world, 30)
    Cohort.objects.bulk_create(
        Cohort(name=f"Cohort {n}", starts=date(2025, 1, 1)) for n in range(20)
    )
    assert count() == before <= 8


def test_the_figures_of_a_cohort_as_rows_have_them(world):
    fill(world, 6)
    rate = stay_of(who_joined().filter(cohort=world.cohort), TODAY).rates[0]
    assert (rate.joined, rate.stayed) == (8, 8)


def test_the_way_there_is_on_the_page_of_the_cohort(world, as_):
    page = as_(world.zed).get(reverse("cohorts:cohort", args=[world.cohort.pk])).content.decode()
    assert reverse("cohorts:stay", args=[world.cohort.pk]) in page
