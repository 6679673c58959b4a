"""The queue's own doings: lost jobs begin again, and nothing is done twice for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from systemschangers.kernel import letters, tasks
from systemschangers.kernel.models import EventSeal, Letter, Notification


def run_the_worker() -> None:
    """All jobs there are, with the real worker, until none is left.

    In a thread of its own: a browser test before this one leaves its event loop running in ours."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_work())).result(60)


async def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        async with worker.open_async():
            await worker.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False
            )


@pytest.fixture
def committed(transactional_db):
    from tests.factories import build_world

    return build_world()


def done() -> dict[str, str]:
    return dict(ProcrastinateJob.objects.values_list("task_name", "status"))


def test_an_event_becomes_letters_that_are_sent(committed, wave, mailoutbox):
    from tests.factories import make_win

    wave(committed.zed, make_win(committed.ana))
    assert Notification.objects.count() == 1
    run_the_worker()
    [message] = mailoutbox
    assert message.to == ["ana@example.org"]
    assert message.subject == "Zed Kowalski waved at your small win."
    assert done()["kernel.send_letter"] == "succeeded"
    assert Letter.objects.get().sent_at is not None
    run_the_worker()
    assert len(mailoutbox) == 1


def test_a_letter_whose_job_was_lost_is_sent_all_the_same(committed, mailoutbox):
    letters.write(to="a@example.org", kind="t", subject="s", text="t", at=timezone.now())
    ProcrastinateJob.objects.all()._raw_delete("default")
    tasks.send_due_letters.func(timestamp=0)
    assert len(mailoutbox) == 1


def test_a_job_whose_worker_died_begins_again(committed, mailoutbox):
    letter = letters.write(to="a@example.org", kind="t", subject="s", text="t", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
            " RETURNING id"
        )
        [worker] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    tasks.rescue_stalled_jobs.defer(timestamp=0)
    run_the_worker()
    run_the_worker()
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert len(mailoutbox) == 1


def test_a_job_about_what_is_not_there_does_nothing(db, mailoutbox):
    tasks.send_letter.func(letter_id=10**9)
    tasks.write_notification_letters.func(event_id=10**9, recipients=[1])
    assert mailoutbox == []


def test_everything_that_runs_by_the_clock_runs(db, ana, now, monkeypatch):
    from systemschangers.kernel import activity

    activity.record("test.happened", actor=ana, target=ana, at=now)
    real = timezone.now()
    monkeypatch.setattr(tasks.timezone, "now", lambda: real + timedelta(minutes=10))
    tasks.seal_events.func(timestamp=0)
    tasks.sweep.func(timestamp=0)
    assert EventSeal.objects.count() == 1
    clock = {name for (name, _) in app.periodic_registry.periodic_tasks}
    assert {
        "kernel.send_due_letters",
        "kernel.seal_events",
        "kernel.sweep",
        "kernel.rescue_stalled_jobs",
    } <= clock
