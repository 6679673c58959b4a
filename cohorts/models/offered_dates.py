from __future__ import annotations

from django.db import models

from .leader_requests import LeaderRequest


class OfferedDate(models.Model):
    """A date a leader offers for a meeting; the worker picks one."""

    request = models.ForeignKey(
        LeaderRequest, on_delete=models.CASCADE, related_name="offered_dates"
    )
    starts_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "starts_at"],
                name="offered_date_once",
                violation_error_message="You offered that date twice.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d %b %Y %H:%M}"
