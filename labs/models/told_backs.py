from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import one_of


class ToldBack(models.Model):
    """The answer was taken back to whoever told the voice: when, and how."""

    class How(models.TextChoices):
        MET = "met", "face to face"
        PHONED = "phoned", "by telephone"
        WROTE = "wrote", "in writing"
        RECEIPT = "receipt", "they read it by receipt"

    voice = models.ForeignKey("labs.Voice", on_delete=models.CASCADE, related_name="told_backs")
    on = models.DateField()
    how = models.CharField(max_length=8, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField("what they said to it", max_length=1000, blank=True)

    class Meta:
        verbose_name = "telling back"
        ordering = ["on", "id"]
        constraints = [
            one_of("how", ["met", "phoned", "wrote", "receipt"], name="told_back_how_known"),
            models.CheckConstraint(
                name="told_back_by_a_worker_or_by_receipt",
                condition=Q(how="receipt", by__isnull=True)
                | (~Q(how="receipt") & Q(by__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["voice"], condition=Q(how="receipt"), name="told_back_by_receipt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"telling back {self.pk}"
