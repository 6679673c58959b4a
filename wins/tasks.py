"""What the queue does for wins."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from wins import photo_use, photos, search
from wins.actions import pulses
from wins.impact import keeping


@app.periodic(cron="25 3 * * *")
@app.task(name="wins.keep_search_words", queueing_lock="wins.keep_search_words")
def keep_search_words(timestamp: int) -> None:
    """Every night: the words that a search with a typo is mended from."""
    search.keep_words()


@app.periodic(cron="40 3 * * *")
@app.task(name="wins.sweep_photos", queueing_lock="wins.sweep_photos")
def sweep_photos(timestamp: int) -> None:
    """Every night: photos go that were sent with a form that was never finished."""
    photos.sweep(photo_use.used(), at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * * */30")  # the sixth field is seconds
@app.task(name="wins.look_impact_over", queueing_lock="wins.look_impact_over", lock="wins.impact")
def look_impact_over(timestamp: int) -> None:
    """Twice a minute, so that with what adding up takes they are at most a minute old: the figures of
    the impact pages, where anything happened since."""
    keeping.look_over(at=timezone.now())


@app.periodic(cron="10 2 * * *")
@app.task(name="wins.mix_pulse", queueing_lock="wins.mix_pulse")
def mix_pulse(timestamp: int) -> None:
    """Every night: what was answered to the pulse is written anew in an order of chance."""
    pulses.mix(at=timezone.now())
