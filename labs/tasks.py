"""What the queue does for labs. Each may run twice: what was done is not done again."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from cohorts.tasks import at_work
from labs.actions.barriers import confirming, held
from labs.actions.labs import trying
from labs.actions.voices import drawing_anew, speaking


@app.periodic(cron="50 4 * * *")
@app.task(name="labs.show_held_barriers", queueing_lock="labs.show_held_barriers", lock="labs.held")
def show_held_barriers(timestamp: int) -> None:
    """Every night, at an hour that says nothing: anonymous barriers that are due are shown."""
    held.run_batch(at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(name="labs.ask_about_barriers", queueing_lock="labs.ask_about_barriers")
def ask_about_barriers(timestamp: int) -> None:
    """By day: whether what was changed four weeks ago is fixed, and what came of promises now due."""
    now = timezone.now()
    if at_work(now):
        confirming.ask_whether_fixed(at=now)
        confirming.remind_holders(at=now)


@app.periodic(cron="35 * * * *")
@app.task(name="labs.tell_of_reviews", queueing_lock="labs.tell_of_reviews")
def tell_of_reviews(timestamp: int) -> None:
    """By day: decisions of labs whose day to be looked at again has come."""
    now = timezone.now()
    if at_work(now):
        trying.tell_of_reviews(at=now)


@app.periodic(cron="40 4 * * *")
@app.task(name="labs.tell_of_voice_receipts", queueing_lock="labs.tell_of_voice_receipts")
def tell_of_voice_receipts(timestamp: int) -> None:
    """Every night, at an hour that says nothing: leaders hear what was said by receipt, and what was said
    without an account is written anew, so that the order of rows tells nothing."""
    speaking.tell_of_receipts(at=timezone.now())
    drawing_anew.draw_anew(at=timezone.now())


@app.periodic(cron="35 * * * *")
@app.task(name="labs.remind_of_voices", queueing_lock="labs.remind_of_voices")
def remind_of_voices(timestamp: int) -> None:
    """By day: leaders who have not said in seven days that they read a voice, or not answered in 28."""
    now = timezone.now()
    if at_work(now):
        speaking.remind_late(at=now)
