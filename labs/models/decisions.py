from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .inside import InsideLab, InsideQuerySet


class Decision(InsideLab):
    """Something a lab decided, and the day on which it comes back to be looked at again."""

    class State(models.TextChoices):
        STANDS = "stands", "stands"
        ENDED = "ended", "no longer stands"

    END = Step({State.STANDS}, State.ENDED)

    statement = models.TextField("what we decided", max_length=1000)
    review_on = models.DateField("look at it again on")
    state = models.CharField(max_length=6, choices=State, default=State.STANDS)
    words = models.TextField("what was said when it was looked at", max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "labs.LabMember", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_on = models.DateField("members told that it is back on", null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "decision"
        ordering = ["id"]
        constraints = [
            not_blank("statement", name="decision_says_something"),
            one_of("state", ["stands", "ended"], name="decision_state_known"),
            both_or_neither("reviewed_at", "reviewed_by", name="decision_reviewed_by_someone"),
            models.CheckConstraint(
                name="decision_ends_by_review",
                condition=Q(state="stands") | Q(reviewed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"], name="decision_to_review", condition=Q(state="stands")
            )
        ]

    def __str__(self) -> str:
        return self.excerpt

    def get_absolute_url(self) -> str:
        return reverse("labs:decision", args=[self.pk])

    @property
    def excerpt(self) -> str:
        text = " ".join(self.statement.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    def is_back(self, today: date) -> bool:
        return self.state == self.State.STANDS and self.review_on <= today

    def keep(self, review_on: date) -> None:
        self.review_on, self.told_on = review_on, None

    def end(self) -> None:
        self.END.apply(self)
