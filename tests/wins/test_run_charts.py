"""Run charts and XmR charts against published examples, and the rules against their own words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wins.run_charts import (
    RULE_SETS,
    Point,
    mean_moving_range,
    read_run_chart,
    read_xmr_chart,
    shifts,
    trends,
)

RULES = RULE_SETS["8_6"]
FIRST = date(2026, 1, 5)
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, “Individuals Control Charts”: batches of a
# product. It gives a mean of 50.81, a mean moving range of 1.8778, and limits of 55.8041 and 45.8159.
NIST = "49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"
# Montgomery, “Introduction to Statistical Quality Control”, viscosity of aircraft primer paint: a mean of
# 33.52, a mean moving range of 0.48, and limits of 34.80 and 32.24.
PAINT = "33.75 33.05 34.00 33.81 33.46 34.02 33.68 33.27 33.49 33.20 33.62 33.00 33.54 33.12 33.84"


def points(figures: str) -> list[Point]:
    return [
        Point(FIRST + timedelta(weeks=week), Decimal(one))
        for week, one in enumerate(figures.split())
    ]


def values(figures: str) -> list[Decimal]:
    return [Decimal(one) for one in figures.split()]


def test_the_limits_of_the_example_in_the_nist_handbook():
    reading = read_xmr_chart(points(NIST), RULES)
    assert reading.middle == Decimal("50.81")
    assert round(mean_moving_range(values(NIST)), 4) == Decimal("1.8778")
    # The handbook divides by d2 = 1.128, and so is a thousandth away from 2.66 times, Wheeler’s.
    assert abs(reading.upper - Decimal("55.8041")) < Decimal("0.001")
    assert abs(reading.lower - Decimal("45.8159")) < Decimal("0.001")
    assert reading.signals == ()


def test_the_limits_of_the_paint_example_of_montgomery():
    reading = read_xmr_chart(points(PAINT), RULES)
    assert round(reading.middle, 2) == Decimal("33.52")
    assert round(mean_moving_range(values(PAINT)), 2) == Decimal("0.48")
    assert round(reading.upper, 1) == Decimal("34.8")
    assert round(reading.lower, 1) == Decimal("32.2")


def test_a_point_outside_the_limits_is_told():
    reading = read_xmr_chart(points(f"{NIST} 70"), RULES)
    assert [(one.kind, one.first, one.up) for one in reading.signals] == [("outside", 10, True)]


def test_the_median_is_that_of_the_first_ten_whatever_follows():
    reading = read_run_chart(points("1 2 3 4 5 6 7 8 9 10 100 100"), RULES)
    assert reading.middle == Decimal("5.5")


def test_with_nine_points_there_is_no_median_and_nothing_is_said():
    reading = read_run_chart(points("9 8 7 6 5 4 3 2 1"), RULES)
    assert (reading.middle, reading.signals) == (None, ())


def test_points_on_the_median_neither_add_to_a_shift_nor_break_it():
    middle = Decimal(5)
    eight = values("6 6 6 5 6 6 5 6 6 6")
    [found] = shifts(eight, middle, 8)
    assert (found.first, found.last, found.up) == (0, 9, True)
    assert shifts(values("6 6 6 5 6 6 5 6 6"), middle, 8) == []
    assert shifts(values("6 6 6 6 4 6 6 6 6"), middle, 8) == []


def test_a_point_on_the_median_is_not_marked_as_one_of_a_shift():
    reading = read_run_chart(points("5 5 5 5 5 5 5 5 5 5 6 6 6 5 6 6 6 6 6"), RULES)
    assert reading.in_a_signal == {10, 11, 12, 14, 15, 16, 17, 18}


def test_points_that_are_the_same_count_once_in_a_trend():
    assert trends(values("1 2 3 4 5"), 6) == []
    assert trends(values("1 2 2 3 4 5"), 6) == []
    [found] = trends(values("1 2 2 3 4 5 6"), 6)
    assert (found.first, found.last, found.up) == (0, 6, True)


def test_a_trend_ends_where_it_turns_and_the_turning_point_begins_the_next():
    found = trends(values("1 2 3 4 5 6 5 4 3 2 1"), 6)
    assert [(one.first, one.last, one.up) for one in found] == [(0, 5, True), (5, 10, False)]


def test_the_rules_of_making_data_count_are_met_sooner():
    figures = "5 5 5 5 5 5 5 5 5 5 6 7 6 7 6 7 6"
    assert read_run_chart(points(figures), RULE_SETS["8_6"]).signals == ()
    [found] = read_run_chart(points(figures), RULE_SETS["7_5"]).signals
    assert (found.kind, found.first, found.last) == ("shift", 10, 16)


@given(st.lists(st.integers(0, 6), max_size=40))
def test_what_is_called_a_shift_or_a_trend_is_one_and_nothing_is_missed(figures):
    row = [Decimal(one) for one in figures]
    middle = Decimal(3)
    found = shifts(row, middle, 5)
    for one in found:
        inside = [value for value in row[one.first : one.last + 1] if value != middle]
        assert len(inside) >= 5
        assert {value > middle for value in inside} == {one.up}
    off = "".join("u" if value > middle else "d" for value in row if value != middle)
    assert bool(found) == ("uuuuu" in off or "ddddd" in off)
    rising = trends(row, 4)
    for one in rising:
        inside = row[one.first : one.last + 1]
        assert inside == sorted(inside, reverse=not one.up)
        assert len(set(inside)) >= 4
    single = [value for i, value in enumerate(row) if i == 0 or value != row[i - 1]]
    windows = [single[i : i + 4] for i in range(len(single) - 3)]
    assert bool(rising) == any(w in (sorted(w), sorted(w, reverse=True)) for w in windows)
