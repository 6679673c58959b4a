from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import one_of


class Response(models.Model):
    """What a leader said to a voice. `by` is an account; `by_name` a leader who answered by signed link."""

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "has read it and will answer"
        EXPLAINED = "explained", "explains"
        ACTED = "acted", "acts on it"
        CANNOT = "cannot", "says it can’t be done"

    voice = models.ForeignKey("labs.Voice", on_delete=models.CASCADE, related_name="responses")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voice_responses",
    )
    by_name = models.CharField(max_length=100, blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = "response to a voice"
        ordering = ["id"]
        constraints = [
            one_of(
                "kind",
                ["acknowledged", "explained", "acted", "cannot"],
                name="response_kind_known",
            ),
            models.CheckConstraint(
                name="response_has_one_author",
                condition=Q(by__isnull=False, by_name="") | (Q(by__isnull=True) & ~Q(by_name="")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "on"], name="response_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} of voice {self.voice_id}"

    @property
    def who(self) -> str:
        return self.by.name if self.by else self.by_name
