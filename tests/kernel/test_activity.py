"""What happened is written beside what changed, and can't be rewritten."""

from __future__ import annotations

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from systemschangers.kernel import activity
from systemschangers.kernel.models import Event, Notification


def test_an_event_tells_what_happened_and_holds_no_names(ana, zed, win, wave, now):
    event = wave(zed, win, mood="warm")
    row = Event.objects.values().get(pk=event.pk)
    assert (row["verb"], row["actor_id"], row["at"]) == ("test.waved", zed.pk, now)
    assert (row["target_type"], row["target_id"]) == ("wins.win", str(win.pk))
    assert row["target_label"] == "small win"
    assert row["data"] == {"mood": "warm"}
    assert zed.name not in str(row)
    assert win.what_happened not in str(row)
    assert event.who == zed.name


def test_each_who_is_told_hears_once_and_the_actor_never(ana, zed, mo, win, wave):
    wave(zed, win, notify=[ana, mo, ana, zed])
    heard = Notification.objects.order_by("recipient_id").values_list("recipient_id", flat=True)
    assert sorted(heard) == sorted([ana.pk, mo.pk])


def test_nothing_can_be_recorded_outside_a_transaction(transactional_db, now):
    from tests.factories import build_world

    ana = build_world().ana
    with pytest.raises(RuntimeError, match="outside"):
        activity.record("test.waved", actor=ana, target=ana, at=now)
    assert not Event.objects.exists()


def test_a_change_that_is_rolled_back_takes_event_notification_and_job_with_it(ana, zed, win, wave):
    jobs = set(ProcrastinateJob.objects.values_list("pk", flat=True))

    def change_and_fail() -> None:
        with transaction.atomic():
            wave(zed, win)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert not Event.objects.exists()
    assert not Notification.objects.exists()
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == jobs


def test_nobody_can_be_told_of_a_verb_without_words(ana, zed, win, now):
    with pytest.raises(LookupError, match="audiences"), transaction.atomic():
        activity.record("test.mute", actor=zed, target=win, at=now, notify=[ana])


def test_a_verb_nobody_hears_of_needs_no_words(zed, win, now):
    with transaction.atomic():
        activity.record("test.mute", actor=zed, target=win, at=now)
    assert Event.objects.get().verb == "test.mute"


REFUSED = (ProgrammingError, InternalError)
ATTEMPTS = {
    "update through the model": lambda: Event.objects.update(verb="test.other"),
    "save through the model": lambda: Event.objects.get().save(),
    "delete through the model": lambda: Event.objects.all()._raw_delete("default"),
    "update in SQL": lambda: _run("UPDATE kernel_event SET actor_id = NULL"),
    "delete in SQL": lambda: _run("DELETE FROM kernel_event"),
}


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_postgresql_refuses_to_change_an_event(attempt, zed, win, wave):
    wave(zed, win)
    before = Event.objects.values().get()
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
        ATTEMPTS[attempt]()
    assert Event.objects.values().get() == before


def test_somebody_with_events_can_not_be_deleted_from_under_them(zed, win, wave):
    wave(zed, win)
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        zed.delete()


def test_who_has_left_is_named_as_that(zed, win, wave, now):
    event = wave(zed, win)
    zed.left_at, zed.is_active = now, False
    zed.save()
    told = Event.objects.select_related("actor").get(pk=event.pk)
    assert told.who == "Someone who has left"
    told.actor = None
    assert told.who == "Somebody"
