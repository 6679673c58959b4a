from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class LearningCallQuerySet(models.QuerySet["LearningCall"]):
    def visible_to(self, person) -> LearningCallQuerySet:
        """The two who spoke; that a call was held, not what was said, counts on the health page."""
        return self.filter(Q(membership__person=person) | Q(partner=person))


class LearningCall(models.Model):
    """A learning partner's monthly call, through three lenses: me, my organisation, the wider system."""

    membership = models.ForeignKey(
        "cohorts.Membership", on_delete=models.CASCADE, related_name="learning_calls"
    )
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learning_calls_held"
    )
    held_on = models.DateField("when")
    me = models.TextField("me and how I work", max_length=2000, blank=True)
    organisation = models.TextField("my organisation", max_length=2000, blank=True)
    system = models.TextField("the wider system", max_length=2000, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    objects = LearningCallQuerySet.as_manager()

    class Meta:
        verbose_name = "learning call"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="learning_call_says_something",
                condition=~Q(me="", organisation="", system=""),
                violation_error_message="Write a line under at least one of the three.",
            )
        ]

    def __str__(self) -> str:
        return f"learning call {self.pk}"
