from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .leader_requests import LeaderRequest


class LeaderRequestWord(models.Model):
    """What was said at a step, by whom, for whom: the request's history in people's own words.

    `by` is empty for a leader without an account, whose name then stands in `by_name`."""

    request = models.ForeignKey(LeaderRequest, on_delete=models.CASCADE, related_name="said")
    step = models.CharField(max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=100, blank=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="leader_word_is_somebodys", condition=Q(by__isnull=False) | ~Q(by_name="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} on {self.request_id}"
