"""Receipts: shown once, kept as a digest, never guessed."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from labs import receipts
from labs.actions.barriers import held
from labs.models import Barrier, HeldBarrier
from systemschangers.kernel.models import Submission
from tests.factories.barriers import answers, hold_some, make_barrier

RECEIPT, PAGE = "/barriers/receipt/", "/barriers/anonymous/"
KEY = "7d7b0be0-2f0c-4a1c-9f0e-0d9a4f6f2f11"
WHEN = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)


def test_a_receipt_has_a_hundred_bits_in_groups_that_can_be_read():
    code = receipts.draw()
    assert receipts.BITS >= 80
    assert len(code) == 20
    assert set(code) <= set(receipts.ALPHABET)
    assert not set("ILOU") & set(receipts.ALPHABET)
    groups = receipts.in_groups(code).split(" ")
    assert [len(group) for group in groups] == [4] * 5
    assert len({receipts.draw() for _ in range(1000)}) == 1000


@pytest.mark.django_db
def test_it_is_found_however_it_was_written_down(world, now):
    [code] = hold_some(1, now)
    for typed in (
        code,
        receipts.in_groups(code),
        f" {code[:9].lower()} - {code[9:]} ",
        code.replace("0", "O").replace("1", "l"),
    ):
        assert receipts.find(typed, at=now)
    assert code not in str(HeldBarrier.objects.values().get())


@pytest.mark.django_db
def test_a_hundred_thousand_guesses_find_nothing(world, now, capsys):
    codes = hold_some(25, now)
    codes += [make_barrier(None).code for _ in range(25)]
    assert len(receipts.among(codes)) == 50
    found = tried = 0
    for _ in range(10):
        guesses = [receipts._spell(secrets.randbits(receipts.BITS)) for _ in range(10_000)]
        found += len(receipts.among(guesses))
        tried += len(guesses)
    with capsys.disabled():
        print(f"\nreceipts guessed: {found} of {tried:,} tries against 50 barriers")
    assert (found, tried) == (0, 100_000)


@pytest.mark.django_db
def test_so_many_wrong_ones_and_none_is_looked_up_for_a_while(world):
    """Whoever tries them: no address is counted. The answer is the same for right and wrong."""
    [code] = hold_some(1, WHEN)
    with time_machine.travel(WHEN, tick=False):
        for number in range(receipts.WRONG_TRIES):
            asked = Client(REMOTE_ADDR=f"198.51.100.{number}")
            assert asked.post(RECEIPT, {"code": f"WRONG{number}"}).status_code == 200
        right, wrong = (Client().post(RECEIPT, {"code": typed}) for typed in (code, "WRONG"))
    assert right.status_code == wrong.status_code == 429
    assert bare(right, code) == bare(wrong, "WRONG")
    with time_machine.travel(WHEN + timedelta(minutes=10), tick=False):
        assert "What became of it" in Client().post(RECEIPT, {"code": code}).content.decode()


@pytest.mark.django_db
def test_right_ones_are_not_counted(world):
    [code] = hold_some(1, WHEN)
    with time_machine.travel(WHEN, tick=False):
        for _ in range(receipts.WRONG_TRIES + 5):
            assert Client().post(RECEIPT, {"code": code}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["AAAA", "A" * 20, "é" * 20, "1' OR 1=1 --", "A" * 100])
def test_whatever_is_wrong_with_it_the_answer_is_the_same(typed):
    answer = Client().post(RECEIPT, {"code": typed})
    assert answer.status_code == 200
    assert bare(answer, typed) == bare(Client().post(RECEIPT, {"code": "ZZZZ"}), "ZZZZ")


def bare(response, typed: str) -> str:
    """A page without what differs from one opening to the next."""
    from html import escape

    lines = response.content.decode().replace(escape(typed), "…").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


@pytest.mark.django_db
def test_pressing_twice_raises_one_and_writes_nothing_down(world):
    words = {"what": "Nobody answers.", "submission_key": KEY}
    first, second = (Client().post(PAGE, words) for _ in range(2))
    assert first.context["code"] == second.context["code"]
    assert HeldBarrier.objects.count() == 1
    other = Client().post(PAGE, words | {"what": "Nobody answers at night."})
    assert other.context["code"] != first.context["code"]
    assert HeldBarrier.objects.count() == 2
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_pressing_again_after_it_was_shown_raises_none(world, now):
    hold_some(3, now)
    code = held.hold(answers=answers("Twice."), key=KEY, at=now)
    held.run_batch(at=now)
    assert held.hold(answers=answers("Twice."), key=KEY, at=now) == code
    assert Barrier.objects.count() == 4
    assert not HeldBarrier.objects.exists()


@pytest.mark.django_db
def test_it_can_be_thrown_away_until_it_is_shown(world, now):
    codes = hold_some(1, now)
    page = Client().post(RECEIPT, {"code": codes[0]}).content.decode()
    assert "Not on the board yet" in page
    gone = Client().post(RECEIPT, {"code": codes[0], "throw_away": "1"}).content.decode()
    assert "Thrown away" in gone
    assert not HeldBarrier.objects.exists()
    assert receipts.find(codes[0], at=now) is None


@pytest.mark.django_db
def test_so_many_a_day_and_then_it_says_so(world, now, monkeypatch):
    monkeypatch.setattr(held, "MOST_A_DAY", 2)
    for number in range(3):
        answer = Client().post(PAGE, {"what": f"Number {number}."})
    assert "we take no more until tomorrow" in answer.content.decode()
    assert "Number 2." in answer.content.decode()
    assert HeldBarrier.objects.count() == 2


@pytest.mark.django_db
def test_fixed_can_be_said_only_once_it_is_asked(world):
    early = make_barrier(None, state="changed", asked_on=None)
    page = Client().post(RECEIPT, {"code": early.code}).content.decode()
    assert "Yes, it is fixed" not in page
    assert "No, it is not fixed" in page
    refused = Client().post(RECEIPT, {"code": early.code, "says": "fixed"}).content.decode()
    assert "We ask four weeks after the change" in refused
    assert Barrier.objects.get(pk=early.pk).receipt_says == ""
    raised = make_barrier(None)
    answer = Client().post(RECEIPT, {"code": raised.code, "says": "not_fixed"}).content.decode()
    assert "nothing is asked now" in answer
