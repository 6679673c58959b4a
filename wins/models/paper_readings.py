from __future__ import annotations

from django.conf import settings
from django.db import models


class PaperReading(models.Model):
    """That somebody of a board opened a paper of it, and when first, so that they are told which to read
    next. Only to them: who has read what is nobody else’s to know."""

    paper = models.ForeignKey("wins.BoardPaper", on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paper_readings"
    )
    opened_at = models.DateTimeField("first opened at")

    class Meta:
        verbose_name = "reading of a paper"
        verbose_name_plural = "readings of papers"
        constraints = [
            models.UniqueConstraint(fields=["person", "paper"], name="paper_reading_one_a_person")
        ]

    def __str__(self) -> str:
        return f"reading of paper {self.paper_id}"
