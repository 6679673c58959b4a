from __future__ import annotations

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form that was sent once: the key it was drawn with and a digest of what it said.

    Pressing twice, going back, or sending again after a dropped connection finds this row and is
    led to the first answer. Rows are swept after two days."""

    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    location = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "digest"], name="submission_sent_once")
        ]

    def __str__(self) -> str:
        return str(self.key)
