"""Anonymous barriers leave no trace: every table, sequence, cache, letter and log line is looked through,
before and after, for who raised them, and for anything that tells in which order or when."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client

from labs.actions.barriers import answering, confirming, held
from labs.models import Barrier, HeldBarrier
from systemschangers.kernel.models import Event
from tests.factories.barriers import hold_some, make_barrier
from tests.factories.leader_requests import make_leader

from .traceless import (
    ADDRESS,
    AGENT,
    FIFTY,
    KEYS,
    MORNING,
    NIGHT,
    everything,
    insist_on_none,
    needles_of,
    ranks_alike,
    what_is_new,
)

PAGE, RECEIPT = "/barriers/anonymous/", "/barriers/receipt/"


@pytest.fixture(autouse=True)
def _no_count_of_another_test(db):
    """The shared cache is not among the tables that are emptied between tests."""
    caches["default"].clear()


def raise_one(phone, number: int, **more) -> str:
    words = {
        "what": f"Nobody answers the phone, number {number:02}.",
        "submission_key": KEYS[number],
    }
    answer = phone.post(PAGE, words | more)
    assert answer.status_code == 200, answer.content
    return answer.context["code"]


@pytest.mark.django_db(transaction=True)
def test_fifty_anonymous_barriers_leave_no_trace(world, anas_phone, log):
    needles = needles_of(anas_phone)
    before = everything()
    codes = []
    for number in range(FIFTY):
        with time_machine.travel(MORNING + timedelta(minutes=11 * number), tick=False):
            anas_phone.get(PAGE)
            codes.append(raise_one(anas_phone, number))
    assert len(set(codes)) == FIFTY
    held_back = what_is_new(before, everything())
    assert set(held_back) == {"labs_heldbarrier"}
    assert held_back["labs_heldbarrier"].total() == FIFTY
    insist_on_none(held_back, needles + codes)
    assert set(HeldBarrier.objects.values_list("held_on", "week")) == {
        (MORNING.date(), datetime(2026, 3, 9).date())  # noqa: DTZ001
    }

    with time_machine.travel(NIGHT, tick=False):
        assert held.run_batch(at=NIGHT) == FIFTY
    shown = what_is_new(before, everything())
    assert set(shown) == {"labs_barrier", "kernel_event", "sequences", "sequences gone"}
    assert [name for name in shown["sequences"] if "kernel_event_id" not in name] == []
    insist_on_none(shown, needles + codes)
    assert Event.objects.filter(target_type="labs.barrier", actor=None).count() == FIFTY
    said = log.getvalue()
    assert said == "", said
    nothing_tells_the_order()
    print(
        f"\n{FIFTY} anonymous barriers: 0 traces in {len(before)} tables, caches and letters, 0 log lines"
    )


def nothing_tells_the_order() -> None:
    """Keys, places in the file, transactions and times of what is shown, against the order of raising."""
    with connection.cursor() as cursor:
        for order in ("b.id", "b.ctid", "e.id", "e.recorded_at"):
            cursor.execute(
                "SELECT substring(b.what from 'number (..)')::int FROM labs_barrier b"
                f" JOIN kernel_event e ON e.target_id = b.id::text ORDER BY {order}"
            )
            rho = ranks_alike([row[0] for row in cursor.fetchall()])
            assert abs(rho) < 0.6, (order, rho)
        for table in ("labs_barrier", "kernel_event"):
            cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {table}")
            assert cursor.fetchone()[0] == 1, "one transaction wrote them all"
        cursor.execute("SELECT DISTINCT at FROM kernel_event")
        assert len(cursor.fetchall()) == 1, "one moment, that of the batch"
        cursor.execute("SELECT DISTINCT week, shown_on FROM labs_barrier")
        assert [[str(day) for day in row] for row in cursor.fetchall()] == [
            ["2026-03-09", "2026-03-11"]
        ]


@pytest.mark.django_db(transaction=True)
def test_coming_back_by_receipt_leaves_no_trace_either(world, anas_phone, log):
    """Reading leaves nothing at all; an answer waits on the row itself until the night."""
    barrier = make_barrier(None, state="changed", leader=make_leader(world.lee))
    before = everything()
    with time_machine.travel(MORNING + timedelta(minutes=3), tick=False):
        for _ in range(3):
            assert anas_phone.post(RECEIPT, {"code": barrier.code}).status_code == 200
        assert what_is_new(before, everything()) == {}
        words = {"code": barrier.code, "says": "not_fixed", "words": "The line is dead again."}
        assert "comes on the board tonight" in anas_phone.post(RECEIPT, words).content.decode()
    new = what_is_new(before, everything())
    assert set(new) == {"labs_barrier", "labs_barrier gone"}
    insist_on_none(new, [ADDRESS, AGENT, anas_phone.session.session_key, barrier.code, "08:06"])
    assert Barrier.objects.get(pk=barrier.pk).state == "changed"
    assert log.getvalue() == ""


@pytest.mark.django_db(transaction=True)
def test_whatever_goes_wrong_there_is_not_logged(world, anas_phone, log, monkeypatch):
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS)
    before = everything()
    assert strict.post(PAGE, {"what": "Words."}).status_code == 403
    assert anas_phone.post(PAGE, {"what": ""}).status_code == 200
    assert anas_phone.post(PAGE, {"what": "x" * 2001, "rule": "no such"}).status_code == 200
    assert anas_phone.post(PAGE, {"what": "a\x00b"}).status_code in (200, 400)
    assert anas_phone.get(f"{RECEIPT}7K3M-P2QX/").status_code == 404
    assert anas_phone.put(PAGE).status_code == 405
    assert anas_phone.post(RECEIPT, {"code": b"\xff\x00" * 30}).status_code in (200, 400)
    assert log.getvalue() == ""
    new = what_is_new(before, everything())
    assert set(new) <= {"kernel_cache"}, new
    insist_on_none(new, [ADDRESS, AGENT, anas_phone.session.session_key])
    anas_phone.get("/wins/999999/")
    assert "Not Found" in log.getvalue(), "the log does write of other pages"


@pytest.mark.django_db(transaction=True)
def test_of_a_page_that_broke_the_log_tells_the_day_and_the_place(
    world, anas_phone, log, monkeypatch
):
    def broken(**given):
        raise ZeroDivisionError("Ana Okafor")

    monkeypatch.setattr(held, "hold", broken)
    anas_phone.raise_request_exception = False
    with time_machine.travel(MORNING, tick=False):
        assert anas_phone.post(PAGE, {"what": "Words."}).status_code == 500
    line = json.loads(log.getvalue())
    assert line["exception"] == "ZeroDivisionError"
    assert line["at"].startswith("2026-03-10T00:00:00")
    assert "anonymous" not in line["message"]
    assert ADDRESS not in log.getvalue()


def test_somebody_signed_in_is_nobody_there(world, anas_phone):
    page = anas_phone.get(PAGE)
    assert "Ana" not in page.content.decode()
    assert page.wsgi_request.user.is_anonymous
    assert "REMOTE_ADDR" not in page.wsgi_request.META
    assert page.headers["Cache-Control"] == "no-store"
    assert set(page.cookies) <= {"csrftoken"}, "and stays signed in elsewhere"
    assert anas_phone.get("/more/").status_code == 200


def test_nothing_is_kept_on_the_device(world):
    for address in (PAGE, RECEIPT):
        page = Client().get(address).content.decode()
        assert "data-draft" not in page
        assert "drafts.js" not in page
        assert 'autocomplete="off"' in page


def test_no_leader_of_the_directory_is_named_to_the_world(world):
    make_leader(world.lee)
    assert "Lee Whitaker" not in Client().get(PAGE).content.decode()


@pytest.mark.django_db
def test_one_waits_for_three_others_and_then_comes_with_them(world, now):
    hold_some(3, now)
    assert held.run_batch(at=now) == 0
    hold_some(1, now)
    assert held.run_batch(at=now) == 4
    assert not HeldBarrier.objects.exists()
    assert held.run_batch(at=now) == 0
    assert Barrier.objects.count() == Event.objects.count() == 4


@pytest.mark.django_db
def test_one_alone_comes_after_seventy_two_hours_at_least(world):
    late = datetime(2026, 3, 10, 23, 59, tzinfo=UTC)
    hold_some(1, late)
    nights = [NIGHT + timedelta(days=days) for days in range(5)]
    assert [held.run_batch(at=night) for night in nights] == [0, 0, 0, 1, 0]
    assert nights[3] - late >= timedelta(hours=72)


@pytest.mark.django_db(transaction=True)
def test_those_that_go_on_waiting_are_drawn_anew_each_night(world, now):
    codes = hold_some(3, now)
    before = {one.receipt_hash: one.pk for one in HeldBarrier.objects.all()}
    held.run_batch(at=now)
    after = {one.receipt_hash: one.pk for one in HeldBarrier.objects.all()}
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM labs_heldbarrier")
        assert cursor.fetchone()[0] == 1
    assert len(codes) == 3


@pytest.mark.django_db
def test_what_was_said_by_receipt_is_acted_on_at_night(world, now):
    barrier = make_barrier(None, leader=make_leader(world.lee))
    answering.say_changed(barrier=barrier, words="A new line.", by=world.lee, at=now)
    later = now + timedelta(days=29)
    confirming.ask_whether_fixed(at=later)
    held.answer_by_receipt(code=barrier.code, says="not_fixed", words="It rings out.")
    held.answer_by_receipt(code=barrier.code, says="fixed", words="It is answered now.")
    held.run_batch(at=later)
    barrier = Barrier.objects.get(pk=barrier.pk)
    assert (barrier.state, barrier.receipt_says, barrier.receipt_words) == ("fixed", "", "")
    last = barrier.words.last()
    assert (last.step, last.words, last.by) == ("confirmed", "It is answered now.", None)
    assert Event.objects.latest("id").actor is None
