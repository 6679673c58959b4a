"""What the queue does for pages that know more than one app. Each may run twice: once is enough."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from cohorts.tasks import at_work
from systemschangers.home import weekly_exercises

TUESDAY = 1


@app.periodic(cron="40 * * * 1,2")
@app.task(name="home.offer_exercises", queueing_lock="home.offer_exercises")
def offer_exercises(timestamp: int) -> None:
    """When the working week begins; on Tuesday, where Monday was none."""
    now = timezone.now()
    if at_work(now) and timezone.localtime(now).weekday() <= TUESDAY:
        weekly_exercises.offer(at=now)
