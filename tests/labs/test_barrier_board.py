"""The board by kind, theme, place and words; and what recurs, told only in groups of five."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cohorts.models import Person
from labs import barrier_board, barrier_patterns
from labs.actions.barriers import confirming
from labs.models import Barrier
from tests.factories.barriers import hand_down, make_barrier, say_same
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.django_db


def anew(person) -> Person:
    return Person.objects.get(pk=person.pk)


def merged(into: Barrier) -> dict:
    return {"state": "duplicate", "duplicate_of": into, "before_merge": "raised"}


def test_an_edit_of_what_was_changed_meanwhile_shows_both(world, as_):
    barrier = make_barrier(world.ana, "As it was.")
    ana, url = as_(world.ana), f"{barrier.get_absolute_url()}edit/"
    ana.post(url, {"what": "Changed elsewhere.", "version": 1})
    page = ana.post(url, {"what": "Changed here.", "version": 1}).content.decode()
    assert "Changed elsewhere." in page
    assert "Changed here." in page
    ana.post(url, {"what": "Changed here.", "version": 2})
    assert Barrier.objects.get().what == "Changed here."


def read(person, today, **asked) -> list[str]:

    board = barrier_board.read(QueryDict(urlencode(asked)), person=anew(person), today=today)
    return [barrier.what for barrier in board.page]


def test_the_board_goes_by_kind_theme_place_and_words(world, now):
    make_barrier(world.ana, "The prison posts no letters.", theme=world.themes[1])
    make_barrier(world.zed, "A flat needs two payslips.", theme=world.themes[0], state="cannot")
    make_barrier(world.zed, "A queue for keys.", state="fixed", place=world.northby)
    make_barrier(world.zed, "Nobody signs.", state="set_aside")
    today = now.date()
    assert read(world.mo, today) == ["The prison posts no letters."]
    assert read(world.mo, today, kind="closed") == ["A flat needs two payslips."]
    assert read(world.mo, today, kind="fixed") == ["A queue for keys."]
    assert read(world.mo, today, q="letter post") == ["The prison posts no letters."]
    assert read(world.mo, today, q="payslip") == []
    assert read(world.mo, today, kind="closed", theme="move-on-housing") != []
    assert read(world.mo, today, kind="fixed", place=str(world.eastmere.pk)) == []
    assert read(world.zed, today, kind="mine", q="signs") == ["Nobody signs."]
    nonsense = {"kind": "x", "theme": "x", "place": "9" * 40, "page": "x" * 300}
    assert read(world.mo, today, **nonsense) == ["The prison posts no letters."]


def test_the_board_is_paged_by_key(world, now, as_):
    for number in range(30):
        shown = now.date() - timedelta(days=number // 3)
        make_barrier(world.ana, f"Number {number:02}.", shown_on=shown)
    mo, seen, url = as_(world.mo), [], "/barriers/"
    for _ in range(2):
        board = mo.get(url).context["board"]
        seen += [barrier.what for barrier in board.page]
        url = f"/barriers/{board.older}"
    assert len(seen) == len(set(seen)) == 30
    assert [
        barrier.what for barrier in mo.get(f"/barriers/{board.newer}").context["board"].page
    ] == (seen[:25])


@pytest.mark.parametrize("address", ["/barriers/", "/barriers/pattern/", "/handed-down/"])
def test_as_many_queries_for_one_row_as_for_thirty(
    address, world, as_, django_assert_max_num_queries
):
    lee, mo = make_leader(world.lee), as_(world.mo)

    def one(number: int) -> None:
        barrier = make_barrier(
            world.ana, f"Number {number}.", theme=world.themes[0], leader=lee, place=world.eastmere
        )
        say_same(barrier, world.zed)
        hand_down(barrier, lee, world.outreach)

    one(0)
    mo.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        mo.get(address)
    for number in range(1, 30):
        one(number)
    with CaptureQueriesContext(connection) as many:
        mo.get(address)
    assert len(few) == len(many) <= 8, [query["sql"][:90] for query in many]


def test_a_barriers_page_takes_as_many_queries_however_much_was_said(world, as_, now):
    lee, mo = make_leader(world.lee), as_(world.mo)
    barrier = make_barrier(world.ana, leader=lee)

    def more(number: int) -> None:
        say_same(barrier, make_person(world.hostel))
        other = make_barrier(
            world.zed,
            f"Also {number}.",
            state="duplicate",
            duplicate_of=barrier,
            before_merge="raised",
        )
        say_same(other, make_person(world.hostel))
        confirming.keeping.say(barrier, "looking", at=now, voice=confirming.Voice(world.lee))

    more(0)
    mo.get(barrier.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        mo.get(barrier.get_absolute_url())
    for number in range(1, 12):
        more(number)
    with CaptureQueriesContext(connection) as many:
        mo.get(barrier.get_absolute_url())
    assert len(few) == len(many), [query["sql"][:120] for query in many]
    assert len(many) <= 14


def test_a_pattern_is_told_in_figures_from_five_people_on(world, as_):
    barrier = make_barrier(world.ana, "No address, no flat.", theme=world.themes[0])
    for number in range(3):
        say_same(barrier, make_person(world.hostel, name=f"W {number}"))
    assert "Fewer than 5 people so far" in as_(world.mo).get("/barriers/pattern/").content.decode()
    [one] = barrier_patterns.recurring(anew(world.mo))
    assert not one.told
    make_barrier(None, "No address.", **merged(barrier))
    [one] = barrier_patterns.recurring(anew(world.mo))
    assert (one.people, one.services, one.organisations) == (5, 2, 2)
    page = as_(world.mo).get("/barriers/pattern/").content.decode()
    assert "2 services of 2 organisations, 5 people" in page


def test_the_order_of_small_groups_tells_nothing_of_their_size(world):
    small = make_barrier(world.ana, "Two.")
    say_same(small, world.zed)
    smaller = make_barrier(world.ana, "Three.")
    for _ in range(2):
        say_same(smaller, make_person(world.hostel))
    keys = [one.barrier.pk for one in barrier_patterns.recurring(anew(world.mo))]
    assert keys == sorted([small.pk, smaller.pk])
