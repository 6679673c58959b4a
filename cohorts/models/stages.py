from __future__ import annotations

from django.db import models

from systemschangers.kernel.constraints import not_blank


class Stage(models.Model):
    """A part of a cohort's programme. Three by default; each cohort may change its own."""

    DEFAULTS = ("Seeing the system", "Finding the flex", "Experimenting")

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            not_blank("name", name="stage_has_a_name"),
            models.UniqueConstraint(
                fields=["cohort", "position"],
                name="stage_one_place_each",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.name
