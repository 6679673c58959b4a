from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """What happened, when, by whom, to what. Append-only: PostgreSQL refuses UPDATE and DELETE.

    The row outlives what it tells of, and can never be erased, so it holds no name and no words
    of anybody's: `target_label` is the noun ("small win"), `actor` a number. Names are looked up
    when an event is shown; who has left shows as having left.

    `at` is when it happened, as the action was told; `recorded_at` when PostgreSQL took the row."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    thing: models.Model  # the target, put there by kernel.notices for those who may see it
    told_at: datetime  # when it is told, put there with it

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"], name="event_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label} {self.target_id}"

    @property
    def who(self) -> str:
        """Who did it, by the name they have today."""
        if self.actor is None:
            return "Somebody"
        return "Someone who has left" if self.actor.left_at else str(self.actor)


class EventSeal(models.Model):
    """A digest over a run of events, chained to the seal before it.

    A changed, missing or smuggled-in event in (after_id, last_id] no longer matches `digest`;
    a changed seal no longer matches `previous` of the next. See kernel.seals."""

    after_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seal_covers_something", condition=models.Q(last_id__gt=models.F("after_id"))
            )
        ]

    def __str__(self) -> str:
        return f"events {self.after_id + 1} to {self.last_id}"
