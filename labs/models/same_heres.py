from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import not_blank


class SameHereQuerySet(models.QuerySet["SameHere"]):
    def visible_to(self, person) -> SameHereQuerySet:
        """With the barrier, and while it is not taken back."""
        from .barriers import Barrier

        return self.filter(removed_at=None, barrier__in=Barrier.objects.visible_to(person))

    def for_list(self) -> SameHereQuerySet:
        return self.select_related("person", "service__organisation")


class SameHere(models.Model):
    """“Same here”: somebody in a service meets the same barrier, and says in a line how it shows there."""

    barrier = models.ForeignKey("labs.Barrier", on_delete=models.CASCADE, related_name="same_heres")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="same_heres"
    )
    service = models.ForeignKey(
        "cohorts.Service", on_delete=models.PROTECT, related_name="same_heres"
    )
    words = models.CharField("how it shows here", max_length=300)
    said_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SameHereQuerySet.as_manager()

    class Meta:
        verbose_name = "same here"
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["barrier", "person"], name="same_here_said_once"),
            not_blank("words", name="same_here_says_how"),
        ]

    def __str__(self) -> str:
        return f"same here {self.pk}"

    def say(self, *, words: str, service, at: datetime) -> None:
        self.words, self.service, self.said_at, self.removed_at = words, service, at, None

    def take_back(self, at: datetime) -> None:
        self.removed_at = at
