from __future__ import annotations

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import one_of


class Appreciation(models.Model):
    """A named person thanks, celebrates, or says they will try it. Undone by deleting the row.

    Never added up per person: no points, no ranks."""

    class Kind(models.TextChoices):
        THANK = "thank", "Thank you"
        CELEBRATE = "celebrate", "Celebrate"
        TRY = "try", "I’ll try this"

    NAMED = 3  # so many names a kind on a card; the win's own page has them all

    win = models.ForeignKey("wins.Win", on_delete=models.CASCADE, related_name="appreciations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appreciations"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["win", "person", "kind"], name="appreciation_once_of_a_kind"
            ),
            one_of("kind", ["thank", "celebrate", "try"], name="appreciation_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.person}"
