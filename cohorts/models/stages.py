from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import not_blank


class StageQuerySet(models.QuerySet["Stage"]):
    def visible_to(self, person) -> StageQuerySet:
        """Where the cohort is."""
        from .cohorts import Cohort

        return self.filter(cohort__in=Cohort.objects.visible_to(person))


class Stage(models.Model):
    """A part of a cohort's programme. Three by default; each cohort may change its own."""

    DEFAULTS = ("Seeing the system", "Finding the flex", "Experimenting")

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    starts = models.DateField("first day", null=True, blank=True)
    ends = models.DateField("last day", null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            not_blank("name", name="stage_has_a_name"),
            models.UniqueConstraint(
                fields=["cohort", "position"],
                name="stage_one_place_each",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="stage_ends_after_it_starts",
                condition=Q(starts__isnull=True)
                | Q(ends__isnull=True)
                | Q(ends__gte=models.F("starts")),
                violation_error_message="The stage can’t end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def begin(cls, cohort: Any) -> Iterable[Stage]:
        """The stages every cohort begins with, saved."""
        return cls.objects.bulk_create(
            cls(cohort=cohort, name=name, position=place)
            for place, name in enumerate(cls.DEFAULTS, start=1)
        )
