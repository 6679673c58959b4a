"""Questions put together once: filled in for whoever asks, and nothing kept that was not asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField
from django.test.utils import CaptureQueriesContext
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


def test_it_is_counted_and_logged_as_any_query(letters):
    with CaptureQueriesContext(connection) as queries:
        ask(Prepared(older), now=NOON, keys=[])
    assert ["kernel_letter" in query["sql"] for query in queries] == [True]


def test_the_database_keeps_its_plan_of_it(letters):
    prepared = Prepared(older)
    for days in range(3):
        assert len(ask(prepared, now=NOON - days * DAY, keys=[letters[0].pk])) == (days == 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'kernel_letter'"
        )
        assert cursor.fetchone() == (1,)


def test_what_is_written_out_means_what_it_says(letters):
    """A per cent sign, a quotation mark and a backslash are nothing but themselves."""
    odd = "100 % of ‘it’s’ \\ %s"
    Letter.objects.filter(pk=letters[0].pk).update(subject=odd)
    prepared = Prepared(
        lambda before, keys: Letter.objects.filter(subject=odd, pk__in=keys).values_list("subject")
    )
    assert ask(prepared, keys=[letter.pk for letter in letters]) == [odd]
    assert ask(prepared, keys=[letters[1].pk]) == []


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
