"""What the queue does for the kernel: send letters, tell of events, seal, sweep.

Started by `manage.py procrastinate worker`. Each task is a door to a function that is passed the
time, so that tests can call it at theirs."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from systemschangers.kernel import digests, letters, seals, sending, sweeping
from systemschangers.kernel.models import Event

KEEP_DONE_JOBS_HOURS = 72


@app.task(name="kernel.send_letter")
def send_letter(letter_id: int) -> None:
    """Send one letter, once. If it fails, `send_due_letters` tries again."""
    sending.send(letter_id, at=timezone.now())


@app.task(name="kernel.write_notification_letters")
def write_notification_letters(event_id: int, recipients: list[int]) -> None:
    """Write the e-mails of one event to those who want them."""
    event = Event.objects.select_related("actor").filter(pk=event_id).first()
    if event is not None:
        letters.write_about(event, recipients, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.send_due_letters", queueing_lock="kernel.send_due_letters")
def send_due_letters(timestamp: int) -> None:
    """Every minute: what failed and is to be tried again, and what its own job never came to."""
    sending.send_due(at=timezone.now())


@app.periodic(cron="3 * * * *")
@app.task(name="kernel.write_digests", queueing_lock="kernel.write_digests")
def write_digests(timestamp: int) -> None:
    """Every hour, so that a morning missed is made up for: what is due since seven o'clock."""
    digests.write_digests(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.seal_events", queueing_lock="kernel.seal_events", lock="kernel.seal_events")
def seal_events(timestamp: int) -> None:
    seals.seal(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.sweep", queueing_lock="kernel.sweep")
def sweep(timestamp: int) -> None:
    sweeping.sweep(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="kernel.rescue_stalled_jobs", queueing_lock="kernel.rescue_stalled_jobs", pass_context=True
)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker died begin again; done ones go after three days.

    Every task may be run twice: what it has done already it does not do again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
    await manager.delete_old_jobs(
        nb_hours=KEEP_DONE_JOBS_HOURS, include_failed=False, include_cancelled=True
    )
