from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step


class LearningCallQuerySet(models.QuerySet["LearningCall"]):
    def visible_to(self, person) -> LearningCallQuerySet:
        """The two who speak, and nobody else. That a call was held, and on which day, the cohort's
        staff see as a date beside the member's name; never these rows."""
        return self.filter(Q(membership__person=person) | Q(partner=person))

    def for_list(self) -> LearningCallQuerySet:
        return self.select_related("membership__person", "membership__cohort", "partner")

    def held(self) -> LearningCallQuerySet:
        return self.filter(state=LearningCall.State.HELD)

    def planned(self) -> LearningCallQuerySet:
        return self.filter(state=LearningCall.State.PLANNED)


class LearningCall(models.Model):
    """A learning partner's monthly call, through three lenses: me, my organisation, the wider system.

    Planned first or written down at once; `held_on` is the day they spoke, and empty until they did."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        MISSED = "missed", "did not happen"

    HOLD = Step({State.PLANNED, State.MISSED}, State.HELD)
    MISS = Step({State.PLANNED}, State.MISSED)
    PLAN_AGAIN = Step({State.MISSED}, State.PLANNED)

    membership = models.ForeignKey(
        "cohorts.Membership", on_delete=models.CASCADE, related_name="learning_calls"
    )
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learning_calls_held"
    )
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    planned_for = models.DateTimeField("planned for", null=True, blank=True)
    held_on = models.DateField("when", null=True, blank=True)
    me = models.TextField("me and how I work", max_length=2000, blank=True)
    organisation = models.TextField("my organisation", max_length=2000, blank=True)
    system = models.TextField("the wider system", max_length=2000, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = LearningCallQuerySet.as_manager()

    class Meta:
        verbose_name = "learning call"
        ordering = [models.F("held_on").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(
                name="learning_call_says_something",
                condition=~Q(state="held") | ~Q(me="", organisation="", system=""),
                violation_error_message="Write a line under at least one of the three.",
            ),
            one_of("state", ["planned", "held", "missed"], name="learning_call_state_known"),
            models.CheckConstraint(
                name="learning_call_day_stands_with_its_state",
                condition=Q(state="held", held_on__isnull=False)
                | Q(
                    state__in=["planned", "missed"],
                    held_on__isnull=True,
                    planned_for__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(state="planned"),
                name="learning_call_one_planned",
                violation_error_message="A call is already planned. Move that one instead.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["membership", "held_on"],
                name="learning_call_held",
                condition=Q(state="held"),
            )
        ]

    def __str__(self) -> str:
        return f"learning call {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:learning_call", args=[self.pk])

    def is_due(self, at: datetime) -> bool:
        """Planned, and its time has passed: somebody has to say whether they spoke."""
        return self.state == self.State.PLANNED and (
            self.planned_for is not None and self.planned_for <= at
        )

    def hold(self, *, on: date) -> None:
        self.HOLD.apply(self)
        self.held_on = on

    def miss(self) -> None:
        self.MISS.apply(self)

    def plan_again(self, *, planned_for: datetime) -> None:
        self.PLAN_AGAIN.apply(self)
        self.planned_for = planned_for
