from __future__ import annotations

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import one_of


class ThreadQuerySet(models.QuerySet["Thread"]):
    def of(self, thing: models.Model) -> ThreadQuerySet:
        """Threads with `thing` at either end."""
        label, pk = thing._meta.label_lower, thing.pk
        return self.filter(
            models.Q(source_type=label, source_id=pk) | models.Q(target_type=label, target_id=pk)
        )


class Thread(models.Model):
    """A link between two records of any rooms, told in words on both pages.

    The one way for links that would point upward or sideways between apps. Shown only where
    both ends are visible to the reader: the page that shows threads asks visible_to for each end."""

    class Kind(models.TextChoices):
        CAME_OF = "came_of", "came of"
        CARRIES = "carries", "carries"
        STARTED_FROM = "started_from", "started from"
        RESTS_ON = "rests_on", "rests on"

    source_type = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "kind", "target_type", "target_id"],
                name="thread_tied_once",
            ),
            models.CheckConstraint(
                name="thread_has_two_ends",
                condition=~models.Q(
                    source_type=models.F("target_type"), source_id=models.F("target_id")
                ),
            ),
            one_of(
                "kind", ["came_of", "carries", "started_from", "rests_on"], name="thread_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="thread_by_target"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.source_type} {self.source_id} {self.kind} {self.target_type} {self.target_id}"
        )
