from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class WinHelper(models.Model):
    """Somebody who helped: a person here, or a name."""

    win = models.ForeignKey("wins.Win", on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="helper_is_a_person_or_a_name",
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
            ),
            models.UniqueConstraint(
                fields=["win", "person"],
                condition=Q(person__isnull=False),
                name="helper_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name
