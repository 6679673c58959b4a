"""A private address from which a person's own calendar reads their meetings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts import events
from cohorts.models import CalendarFeed, Person
from systemschangers.kernel import activity


@transaction.atomic
def make_feed(*, by: Person, at: datetime) -> str:
    """The token of a new address; the one before stops working. It is shown this once."""
    feed = CalendarFeed.objects.select_for_update().filter(person=by).first()
    feed = feed or CalendarFeed(person=by)
    feed.made_at = at
    token = feed.draw_token()
    feed.save()
    activity.record(events.CALENDAR_FEED_MADE, actor=by, target=feed, at=at)
    return token


@transaction.atomic
def end_feed(*, by: Person, at: datetime) -> None:
    """The address stops working at once. Without one, nothing happens."""
    feed = CalendarFeed.objects.select_for_update().filter(person=by).first()
    if feed is not None:
        activity.record(events.CALENDAR_FEED_ENDED, actor=by, target=feed, at=at)
        feed.delete()
