"""Every row is on exactly one page, forwards and back, whatever arrives meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from systemschangers.kernel import pagination
from systemschangers.kernel.models import Letter
from systemschangers.kernel.pagination import page_by_key
from tests.conftest import NOW

KEY = ("made_at", "id")
MINUTES = st.lists(st.integers(0, 6), max_size=23)  # many in the same minute: ties in the first key
SIZES = st.integers(1, 7)
MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fill(minutes) -> list[int]:
    """Letters made at these minutes; their numbers, newest first."""
    Letter.objects.all().delete()
    letters = Letter.objects.bulk_create(
        Letter(
            to="ana@example.org",
            kind="test",
            subject=str(number),
            text="x",
            made_at=NOW + timedelta(minutes=minute),
        )
        for number, minute in enumerate(minutes)
    )
    return [
        letter.pk for letter in sorted(letters, key=lambda one: (one.made_at, one.pk), reverse=True)
    ]


def pages(size: int, between=lambda: None) -> list:
    found, cursor = [], ""
    while True:
        page = page_by_key(Letter.objects.all(), cursor, key=KEY, size=size)
        found.append(page)
        between()
        if not page.older:
            return found
        cursor = page.older


def back_from(page, size: int) -> list:
    found = [page]
    while found[-1].newer:
        found.append(page_by_key(Letter.objects.all(), found[-1].newer, key=KEY, size=size))
    return found


def numbers(found) -> list[int]:
    return [row.pk for page in found for row in page]


@MANY
@given(minutes=MINUTES, size=SIZES)
def test_forwards_every_row_comes_once_newest_first(db, minutes, size):
    expected = fill(minutes)
    found = pages(size)
    assert numbers(found) == expected
    assert all(len(page) == size for page in found[:-1])
    assert found[0].newer == ""
    assert found[-1].older == ""


@MANY
@given(minutes=MINUTES, size=SIZES)
def test_back_from_the_last_page_every_row_comes_once(db, minutes, size):
    expected = fill(minutes)
    back = back_from(pages(size)[-1], size)
    assert numbers(reversed(back)) == expected
    assert back[-1].newer == ""


@MANY
@given(minutes=MINUTES, size=SIZES, arriving=st.integers(-1, 8))
def test_rows_that_arrive_meanwhile_make_none_come_twice_or_never(db, minutes, size, arriving):
    expected = fill(minutes)

    def arrive() -> None:
        Letter.objects.create(
            to="mo@example.org",
            kind="test",
            subject="new",
            text="x",
            made_at=NOW + timedelta(minutes=arriving, seconds=30),
        )

    left = iter(range(10))
    seen = numbers(pages(size, between=lambda: arrive() if next(left, None) is not None else None))
    assert len(seen) == len(set(seen))
    assert [pk for pk in seen if pk in set(expected)] == expected


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "x" * 10_000,
        "\x00",
        signing.dumps(["older", NOW.isoformat(), 1], salt="another"),
        signing.dumps(["older", NOW.isoformat(), 1], salt=f"{pagination.SALT}:logged_at:id"),
        signing.dumps(["older", NOW.isoformat(), 1], key="another secret", salt=pagination.SALT),
    ],
)
def test_a_forged_or_foreign_cursor_gives_the_first_page(db, cursor):
    expected = fill(range(5))
    assert numbers([page_by_key(Letter.objects.all(), cursor, key=KEY, size=3)]) == expected[:3]


@pytest.mark.parametrize("side", ["older", "newer"])
def test_a_page_whose_rows_are_gone_gives_the_first_page(db, side):
    expected = fill(range(9))
    middle = pages(3)[1]
    cursor = getattr(middle, side)
    gone = expected[6:] if side == "older" else expected[:3]
    Letter.objects.filter(pk__in=gone).delete()
    rows = numbers([page_by_key(Letter.objects.all(), cursor, key=KEY, size=3)])
    assert rows == [pk for pk in expected if pk not in gone][:3]


def test_a_page_is_one_query_that_compares_the_key_as_a_row(db, django_assert_num_queries):
    fill(range(9))
    cursor = pages(3)[0].older
    with django_assert_num_queries(1) as queries:
        page_by_key(Letter.objects.all(), cursor, key=KEY, size=3)
    sql = queries[0]["sql"]
    assert "COUNT" not in sql
    assert "OFFSET" not in sql
    assert '("kernel_letter"."made_at", "kernel_letter"."id") < (' in sql
