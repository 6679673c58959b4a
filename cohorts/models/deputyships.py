from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils import timezone


class DateRange(models.Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    def visible_to(self, person) -> DeputyshipQuerySet:
        """Who is away, and who decides for them."""
        return self.filter(models.Q(person=person) | models.Q(deputy=person))

    def stood_in_for(self, person) -> models.QuerySet:
        """The keys of the people `person` decides for today."""
        return self.filter(deputy=person).on(timezone.localdate()).values("person")

    def on(self, day: date) -> DeputyshipQuerySet:
        return self.filter(starts__lte=day, ends__gte=day, called_off_at=None)


class Deputyship(models.Model):
    """A manager or leader who is away names who decides for them, from a day to a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputyships"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputises"
    )
    starts = models.DateField()
    ends = models.DateField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                name="deputyship_ends_after_it_starts",
                condition=models.Q(ends__gte=models.F("starts")),
                violation_error_message="The last day can’t be before the first.",
            ),
            models.CheckConstraint(
                name="deputyship_is_of_two_people",
                condition=~models.Q(person=models.F("deputy")),
                violation_error_message="Choose somebody else as your deputy.",
            ),
            ExclusionConstraint(
                name="deputyship_one_at_a_time",
                expressions=[
                    (
                        DateRange("starts", "ends", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                    ("person", RangeOperators.EQUAL),
                ],
                condition=models.Q(called_off_at__isnull=True),
                violation_error_message="You already have a deputy for some of those days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.person}, {self.starts} to {self.ends}"
