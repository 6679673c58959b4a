from __future__ import annotations

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import not_blank


class ExposureVisitQuerySet(models.QuerySet["ExposureVisit"]):
    def visible_to(self, person) -> ExposureVisitQuerySet:
        """The cohort's members, and its programme staff."""
        from .cohorts import Cohort

        return self.filter(cohort__in=Cohort.objects.visible_to(person))


class ExposureVisit(models.Model):
    """Somewhere we went to see: whom we visited, what we saw, what it changed in how I see things."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exposure_visits"
    )
    whom = models.CharField("whom we visited", max_length=200)
    visited_on = models.DateField("when")
    saw = models.TextField("what we saw", max_length=2000)
    changed = models.TextField("what it changed in how I see things", max_length=2000, blank=True)
    made_at = models.DateTimeField()

    objects = ExposureVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "exposure visit"
        ordering = ["-visited_on", "-id"]
        constraints = [
            not_blank("whom", name="visit_says_whom"),
            not_blank("saw", name="visit_says_what_was_seen"),
        ]

    def __str__(self) -> str:
        return f"visit to {self.whom}"
