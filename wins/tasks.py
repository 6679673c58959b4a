"""What the queue does for wins."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from wins import photo_use, photos, search


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
