"""The Kaplan–Meier curve: as published, as scipy has it, and what it keeps to itself."""

from __future__ import annotations

from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from cohorts.survival import Followed, kaplan_meier

# Weeks of remission of the 21 patients given 6-MP, of whom nine relapsed and twelve were lost sight of:
# E. J. Freireich et al. (1963), Blood 21: 699-716; the worked example of D. R. Cox (1972), “Regression
# models and life-tables”, JRSS B 34: 187-220, and of most textbooks since.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
LOST = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {
    6: (21, 3, 0.857),
    7: (17, 1, 0.807),
    10: (15, 1, 0.753),
    13: (12, 1, 0.690),
    16: (11, 1, 0.627),
    22: (7, 1, 0.538),
    23: (6, 1, 0.448),
}

people = st.lists(st.builds(Followed, st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def test_the_published_example():
    falls = kaplan_meier([Followed(n, True) for n in RELAPSED] + [Followed(n, False) for n in LOST])
    assert {
        one.months: (one.followed, one.gone, round(float(one.stay), 3)) for one in falls
    } == PUBLISHED


@given(people)
def test_as_scipy_has_it(followed):
    gone = [one.months for one in followed if one.gone]
    lost = [one.months for one in followed if not one.gone]
    curve = ecdf(CensoredData(uncensored=gone, right=lost)).sf
    expected = dict(zip(curve.quantiles, curve.probabilities, strict=True))
    falls = {one.months: float(one.stay) for one in kaplan_meier(followed)}
    assert set(falls) == set(gone)
    stay = 1.0
    for months in sorted(expected):
        stay = falls.get(months, stay)
        assert numpy.isclose(expected[months], stay), months


@given(people)
def test_it_only_falls(followed):
    stays = [Fraction(1), *(fall.stay for fall in kaplan_meier(followed))]
    assert stays == sorted(stays, reverse=True)
    assert all(0 <= stay <= 1 for stay in stays)


def test_with_nobody_lost_it_is_the_plain_part_of_those_still_there():
    falls = kaplan_meier([Followed(n, True) for n in (1, 2, 3)] + [Followed(3, False)])
    assert [fall.stay for fall in falls] == [Fraction(3, 4), Fraction(1, 2), Fraction(1, 4)]


def test_nobody_has_no_curve():
    assert kaplan_meier([]) == []


def test_who_is_lost_sight_of_in_the_month_somebody_goes_was_still_followed_then():
    assert kaplan_meier([Followed(4, True), Followed(4, False)])[0].stay == Fraction(1, 2)


@pytest.mark.parametrize("people", [[], [Followed(3, False)]])
def test_without_anybody_gone_there_is_no_fall(people):
    assert kaplan_meier(people) == []
