from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank


class ExposureVisitQuerySet(models.QuerySet["ExposureVisit"]):
    def visible_to(self, person) -> ExposureVisitQuerySet:
        """Who wrote it, the people in the cohort, and programme staff. Not administrators."""
        reach = person.reach
        if reach.is_programme_staff:
            return self
        return self.filter(Q(person=person) | Q(cohort__in=reach.cohorts))

    def for_list(self) -> ExposureVisitQuerySet:
        return self.select_related("person", "cohort")


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
    version = models.PositiveIntegerField(default=1)

    objects = ExposureVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "exposure visit"
        ordering = ["-visited_on", "-id"]
        constraints = [
            not_blank("whom", name="visit_says_whom"),
            not_blank("saw", name="visit_says_what_was_seen"),
        ]
        indexes = [models.Index(fields=["cohort", "made_at", "id"], name="visit_of_cohort")]

    def __str__(self) -> str:
        return f"visit to {self.whom}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:visit", args=[self.pk])
