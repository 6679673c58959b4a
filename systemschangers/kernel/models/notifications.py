from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, person) -> NotificationQuerySet:
        return self.filter(recipient=person)

    def unseen(self) -> NotificationQuerySet:
        return self.filter(seen_at=None)

    def to_mail(self) -> NotificationQuerySet:
        """Not seen, and of which no letter has been written yet, nor left unwritten for good."""
        return self.filter(seen_at=None, mail_settled_at=None)

    def for_list(self) -> NotificationQuerySet:
        return self.select_related("event", "event__actor")

    def newest_of_each(self, most: int) -> NotificationQuerySet:
        """The newest of each recipient, `most` at most, newest first."""
        newest_first = [F("made_at").desc(), F("pk").desc()]
        place = Window(RowNumber(), partition_by="recipient", order_by=newest_first)
        return self.alias(place=place).filter(place__lte=most).order_by(*newest_first)


class Notification(models.Model):
    """One event, told to one person. Its words are made when it is shown, from the event."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey("kernel.Event", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    # When its e-mail was done with: written, or not wanted. See kernel.digests.
    mail_settled_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "event"], name="notification_told_once")
        ]
        indexes = [
            models.Index(fields=["recipient", "-made_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["recipient"],
                name="notification_unseen",
                condition=models.Q(seen_at__isnull=True),
            ),
            models.Index(
                fields=["recipient", "made_at"],
                name="notification_to_mail",
                condition=models.Q(seen_at__isnull=True, mail_settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"notification {self.pk}"

    def see(self, at: datetime) -> None:
        if self.seen_at is None:
            self.seen_at = at
