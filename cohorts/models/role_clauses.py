from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of

from .conditions import CONDITIONS, Condition


class RoleClauseQuerySet(models.QuerySet["RoleClause"]):
    def visible_to(self, person) -> RoleClauseQuerySet:
        """The library is everyone's, those that were retired included: roles are still worded by them."""
        return self

    def in_library(self) -> RoleClauseQuerySet:
        return self.filter(retired_at=None, reworded_as=None)

    def for_list(self) -> RoleClauseQuerySet:
        """With `reworded_as`, in the order of the conditions and, in each, of the levels."""
        order = models.Case(
            *(models.When(level=level, then=n) for n, level in enumerate(RoleClause.Level.values)),
            output_field=models.IntegerField(),
        )
        return self.select_related("reworded_as").order_by("condition", order, "id")


class RoleClause(models.Model):
    """A sentence or two that can be written into a job description. Never changed once it is here:
    reworded, it becomes the next version, and what was built with the old one keeps its words."""

    class Level(models.TextChoices):
        AWARENESS = "awareness", "awareness"
        WORKING = "working", "working"
        PRACTITIONER = "practitioner", "practitioner"
        LEAD = "lead", "lead"

    condition = models.PositiveSmallIntegerField(choices=Condition)
    level = models.CharField(max_length=12, choices=Level)
    words = models.TextField("the clause", max_length=600)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reworded_as"
    )
    made_at = models.DateTimeField()
    # Nobody: it came with the software.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoleClauseQuerySet.as_manager()

    class Meta:
        verbose_name = "clause"
        ordering = ["condition", "id"]
        constraints = [
            not_blank("words", name="role_clause_has_words"),
            one_of("condition", CONDITIONS, name="role_clause_condition_known"),
            one_of(
                "level",
                ["awareness", "working", "practitioner", "lead"],
                name="role_clause_level_known",
            ),
            both_or_neither("retired_at", "retired_by", name="role_clause_retired_by_someone"),
            models.CheckConstraint(
                name="role_clause_later_version_replaces_one",
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.excerpt

    def get_absolute_url(self) -> str:
        return reverse("cohorts:role_clause", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79].rstrip()}…"

    @property
    def is_past(self) -> bool:
        """No longer offered: retired, or a later version is. `reworded_as` is fetched with it."""
        return self.retired_at is not None or hasattr(self, "reworded_as")

    def retire(self, *, by, at: datetime) -> None:
        self.retired_by, self.retired_at = by, at
