"""Questions put together once: filled in for whoever asks, and nothing kept that was not asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import BigIntegerField, DateTimeField
from django.utils import timezone

from systemschangers.kernel.blanks import Blank, Blanks, Prepared, day_of, worked_out
from systemschangers.kernel.models import Letter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BLANKS = {"before": Blank("now", DateTimeField()), "keys": Blanks("keys", BigIntegerField())}


@pytest.fixture
def letters():
    return [
        Letter.objects.create(
            to="ana@example.org", kind="test", subject=f"{days}", text="", html="", made_at=NOON - days * DAY
        )
        for days in (1, 2, 3)
    ]  # fmt: skip


def ask(prepared, shape=None, **values):
    return [subject for (subject,) in prepared.ask(shape, BLANKS, values)]


def older(before, keys):
    found = Letter.objects.filter(
        pk__in=keys, made_at__lte=before - DAY, made_at__date__lte=day_of(before)
    )
    return found.order_by("-made_at").values_list("subject")


def test_each_asks_with_values_of_their_own(letters):
    keys, prepared = [letter.pk for letter in letters], Prepared(older)
    assert ask(prepared, now=NOON, keys=keys) == ["1", "2", "3"]
    assert ask(prepared, now=NOON - DAY, keys=keys) == ["2", "3"]
    assert ask(prepared, now=NOON, keys=keys[:1]) == ["1"]
    assert ask(prepared, now=NOON, keys=[]) == []


def test_it_is_put_together_once_for_a_shape_and_a_day(letters):
    times = []

    def build(before, keys):
        times.append(before)
        return older(before, keys)

    prepared = Prepared(build)
    with time_machine.travel(NOON, tick=False):
        for shape in ("worker", "worker", "staff"):
            ask(prepared, shape, now=NOON, keys=[])
        assert len(times) == 2
    with time_machine.travel(NOON + DAY, tick=False):
        ask(prepared, "worker", now=NOON, keys=[])
    assert len(times) == 3


def test_a_moment_read_from_a_clock_is_refused():
    prepared = Prepared(lambda before, keys: Letter.objects.filter(made_at__lt=timezone.now()))
    with pytest.raises(TypeError, match="read from a clock"):
        ask(prepared)


def test_nothing_is_read_while_it_is_put_together():
    prepared = Prepared(
        lambda before, keys: Letter.objects.filter(
            pk__in=list(Letter.objects.values_list("pk", flat=True))
        )
    )
    with pytest.raises(TypeError, match="Nothing may be read"):
        ask(prepared)


def test_a_blank_cannot_be_looked_into():
    for look in (lambda keys: 3 in keys, list, lambda keys: keys[0], len):
        with pytest.raises(TypeError):
            look(BLANKS["keys"])


def test_what_can_find_nothing_asks_nothing(django_assert_num_queries):
    prepared = Prepared(lambda before, keys: Letter.objects.none())
    with django_assert_num_queries(0):
        assert ask(prepared) == []


def test_what_is_worked_out_of_a_value_is_worked_out_now_or_when_filled():
    assert worked_out(str, 3) == "3"
    assert worked_out(str, Blank("n", BigIntegerField())).filled({"n": 4}) == "4"
