"""Pasted columns: three forms of a day, commas, dashes and blanks; every line is told of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wins.pasted_points import MOST_LINES, read_pasted

TODAY = date(2026, 11, 24)


def read(text: str):
    return read_pasted(text, TODAY)


@pytest.mark.parametrize(
    ("line", "on", "value", "note"),
    [
        ("2026-03-09\t12", date(2026, 3, 9), "12", ""),
        ("9/3/2026,12.5,new form", date(2026, 3, 9), "12.5", "new form"),
        ("9 March 2026  12", date(2026, 3, 9), "12", ""),
        ("9-Mar-26;7;", date(2026, 3, 9), "7", ""),
        ("09.03.2026 -3", date(2026, 3, 9), "-3", ""),
        (
            '2026-03-09,"1,234","a note, with a comma"',
            date(2026, 3, 9),
            "1234",
            "a note, with a comma",
        ),
        ("2026-03-09,1,234", date(2026, 3, 9), "1234", ""),
        ("2026-03-09 £1,250.50", date(2026, 3, 9), "1250.5", ""),
        ("2026-03-09\t45%\tafter training", date(2026, 3, 9), "45", "after training"),
        ("2026-03-09 10:30\t4", date(2026, 3, 9), "4", ""),
    ],
)
def test_a_day_and_a_figure_are_understood(line, on, value, note):
    pasted = read(line)
    assert pasted.wrong == ()
    [point] = pasted.points
    assert (point.on, point.value, point.note) == (on, Decimal(value), note)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("12", "does not begin with a day"),
        ("31/2/2026 4", "no such day"),
        ("2026-12-25 4", "still to come"),
        ("2026-03-09\t-", "left out"),
        ("2026-03-09\t", "left out"),
        ("2026-03-09 n/a", "left out"),
        ("2026-03-09 many", "not a figure"),
        ("2026-03-09 1e9", "not a figure"),
        ("2026-03-09 99999999999", "not a figure"),
    ],
)
def test_what_is_not_understood_is_named_by_line(line, why):
    pasted = read(f"day,figure\n\n{line}\n2026-03-10 5")
    assert [point.value for point in pasted.points] == [Decimal(5)]
    [wrong] = pasted.wrong
    assert wrong.number == 3
    assert why in wrong.why


A_COLUMN = """Week ending,Pages
2025-09-01,"1,234"
8/9/2025,1,250
15 September 2025\t1180
22/9/2025,-
,
29/9/2025,
6 Oct 2025\t–
2025-10-13;1,101;the new form
20/10/2025 n/a
27th of October,1090
3/11/2025,one thousand
"""


def test_a_column_with_commas_dashes_blanks_and_three_forms_of_a_day_is_told_line_by_line():
    pasted = read(A_COLUMN)
    assert [(point.on.isoformat(), int(point.value), point.note) for point in pasted.points] == [
        ("2025-09-01", 1234, ""),
        ("2025-09-08", 1250, ""),
        ("2025-09-15", 1180, ""),
        ("2025-10-13", 1101, "the new form"),
    ]
    assert [(wrong.number, wrong.why.split(".")[0]) for wrong in pasted.wrong] == [
        (5, "There is no figure for this day, so it is left out"),
        (6, "This does not begin with a day"),
        (7, "There is no figure for this day, so it is left out"),
        (8, "There is no figure for this day, so it is left out"),
        (10, "There is no figure for this day, so it is left out"),
        (11, "This does not begin with a day"),
        (12, "“one thousand” is not a figure"),
    ]


def test_of_two_lines_for_one_day_the_second_is_named():
    pasted = read("2026-03-09 4\n9/3/2026 5")
    assert [point.value for point in pasted.points] == [Decimal(4)]
    assert pasted.wrong[0].number == 2


def test_more_than_a_thousand_lines_are_not_read():
    pasted = read("2026-03-09 4\n" * (MOST_LINES + 50))
    assert "Only the first" in pasted.wrong[-1].why
    assert pasted.wrong[-1].number == MOST_LINES + 1


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_harm_and_no_line_goes_missing(text):
    pasted = read(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    told = [n for n, line in enumerate(lines, 1) if line.strip()]
    assert len(pasted.points) + len(pasted.wrong) in (len(told), len(told) - 1)
