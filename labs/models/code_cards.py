from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import both_or_neither


class CodeCard(models.Model):
    """A printed code that lets a member without an e-mail address into their labs.

    Only a keyed digest of the code is kept; a new card ends the one before."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="code_cards"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "code card"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="code_card_one_that_works",
            ),
            both_or_neither("ended_at", "ended_by", name="code_card_ended_by_someone"),
        ]

    def __str__(self) -> str:
        return "code card"
