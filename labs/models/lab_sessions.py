from __future__ import annotations

from django.db import models
from django.urls import reverse

from .inside import InsideLab, InsideQuerySet


class LabSession(InsideLab):
    """A time the lab comes together, and afterwards its notes."""

    starts_at = models.DateTimeField("when")
    where = models.CharField("where", max_length=200, blank=True)
    notes = models.TextField("notes", max_length=6000, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "lab session"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "starts_at"],
                name="lab_session_once",
                violation_error_message="The lab has a session at that time already.",
            )
        ]

    def __str__(self) -> str:
        return f"session on {self.starts_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("labs:lab_session", args=[self.pk])
