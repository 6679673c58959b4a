"""The figures of the impact pages, kept: a page reads them and adds nothing up."""

from __future__ import annotations

from django.db import models

from systemschangers.kernel.constraints import one_of


class ImpactFigure(models.Model):
    """One figure of one group in one period, as `wins.impact.keeping` last wrote it.

    A figure that may not be shown is kept as `shown` false, without its amount: what is not here
    can't be read here. `unit_id` is a service's, an organisation's, a cohort's, or 0 for everyone."""

    class Unit(models.TextChoices):
        EVERYONE = "everyone", "everyone"
        ORGANISATION = "organisation", "organisation"
        SERVICE = "service", "service"
        COHORT = "cohort", "cohort"

    unit = models.CharField(max_length=12, choices=Unit)
    unit_id = models.PositiveBigIntegerField(default=0)
    # "2026", "2026-q1" or "2026-03": nothing between, so that no two periods overlap by half.
    period = models.CharField(max_length=7)
    measure = models.CharField(max_length=20)
    split = models.CharField(max_length=10, blank=True)
    value = models.CharField(max_length=20, blank=True)
    shown = models.BooleanField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "unit_id", "period", "measure", "split", "value"],
                name="impact_figure_once",
            ),
            models.CheckConstraint(
                name="impact_figure_held_back_has_no_amount",
                condition=models.Q(shown=True, amount__isnull=False)
                | models.Q(shown=False, amount__isnull=True),
            ),
            one_of(
                "unit", ["everyone", "organisation", "service", "cohort"], name="impact_unit_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.split} {self.value} of {self.unit} {self.unit_id} in {self.period}"


class ImpactCount(models.Model):
    """When the figures were last looked over, and when last added up anew. One row, number 1."""

    looked_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    # How long the last adding up took, in milliseconds.
    took = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="impact_count_is_one_row", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"figures as of {self.looked_at}"
