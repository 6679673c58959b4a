"""The rules that PostgreSQL repeats."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.models import Letter, Notification, Thread


@pytest.fixture
def table(transactional_db):
    """A table of its own with each of the constraints."""

    class Decision(models.Model):  # noqa: DJ008
        decided_at = models.DateTimeField(null=True)
        decided_by = models.IntegerField(null=True)
        ground = models.TextField(default="rota")
        words = models.TextField(default="Yes")

        class Meta:
            app_label = "kernel_test_only"
            constraints = [
                both_or_neither("decided_at", "decided_by", name="test_decided"),
                one_of("ground", ["rota", "cover"], name="test_ground"),
                not_blank("words", name="test_words"),
            ]

    with connection.schema_editor() as editor:
        editor.create_model(Decision)
    yield Decision
    with connection.schema_editor() as editor:
        editor.delete_model(Decision)
    from django.apps import apps

    apps.all_models.pop("kernel_test_only")
    apps.clear_cache()


def test_both_or_neither_one_of_and_not_blank_hold(table, now):
    table.objects.create()
    table.objects.create(decided_at=now, decided_by=1, ground="cover")
    for wrong in (
        {"decided_at": now},
        {"decided_by": 1},
        {"ground": "mood"},
        {"ground": ""},
        {"words": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(**wrong)
    assert table.objects.count() == 2


def test_a_letter_is_not_both_sent_and_given_up(db, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(
            to="a@example.org",
            kind="t",
            subject="s",
            text="t",
            made_at=now,
            sent_at=now,
            given_up_at=now,
        )


def test_nobody_is_told_of_one_event_twice(ana, zed, win, wave, now):
    event = wave(zed, win)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(recipient=ana, event=event, made_at=now)


def test_a_notification_keeps_when_it_was_first_seen(ana, zed, win, wave, now):
    wave(zed, win)
    notification = Notification.objects.get()
    notification.see(now)
    notification.see(now + timedelta(days=1))
    assert notification.seen_at == now


def test_a_thread_has_two_ends_and_a_known_kind(db, now):
    ends = {"source_type": "wins.win", "source_id": 1, "target_type": "wins.win", "made_at": now}
    Thread.objects.create(kind="came_of", target_id=2, **ends)
    for wrong in (
        {"kind": "came_of", "target_id": 1},
        {"kind": "came_of", "target_id": 2},
        {"kind": "knits", "target_id": 3},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.create(**ends | wrong)
