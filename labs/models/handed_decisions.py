from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class HandedDecisionQuerySet(models.QuerySet["HandedDecision"]):
    def visible_to(self, person) -> HandedDecisionQuerySet:
        """Whoever may see the barrier it is about."""
        from .barriers import Barrier

        return self.filter(barrier__in=Barrier.objects.visible_to(person))

    def for_list(self) -> HandedDecisionQuerySet:
        return self.select_related(
            "leader__person", "service__organisation", "barrier", "taken_back_by"
        ).defer("barrier__search", "barrier__kind")

    def in_force(self) -> HandedDecisionQuerySet:
        return self.filter(state=HandedDecision.State.IN_FORCE)


class HandedDecision(models.Model):
    """Power handed down: “your team may decide this”, with its limits, until it is taken back in words."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "yours to decide"
        TAKEN_BACK = "taken_back", "taken back"

    TAKE_BACK = Step({State.IN_FORCE}, State.TAKEN_BACK)

    barrier = models.ForeignKey(
        "labs.Barrier", on_delete=models.PROTECT, related_name="handed_decisions"
    )
    leader = models.ForeignKey(
        "cohorts.Leader", on_delete=models.PROTECT, related_name="handed_decisions"
    )
    service = models.ForeignKey(
        "cohorts.Service", on_delete=models.PROTECT, related_name="handed_decisions"
    )
    decision = models.TextField("what the team may decide", max_length=1000)
    limits = models.TextField("within which limits", max_length=1000)
    until = models.DateField("until", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.IN_FORCE)
    handed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_taken_back = models.TextField(max_length=1000, blank=True)

    objects = HandedDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision handed down"
        verbose_name_plural = "decisions handed down"
        ordering = ["-handed_at", "-id"]
        constraints = [
            not_blank("decision", name="handed_decision_says_what"),
            not_blank("limits", name="handed_decision_has_limits"),
            one_of("state", ["in_force", "taken_back"], name="handed_decision_state_known"),
            both_or_neither(
                "taken_back_at", "taken_back_by", name="handed_decision_taken_back_by_someone"
            ),
            models.CheckConstraint(
                name="handed_decision_taken_back_in_words",
                condition=Q(state="in_force", taken_back_at__isnull=True, why_taken_back="")
                | (Q(state="taken_back", taken_back_at__isnull=False) & ~Q(why_taken_back="")),
            ),
            models.UniqueConstraint(
                fields=["barrier", "service"],
                condition=Q(state="in_force"),
                name="handed_decision_one_in_force",
                violation_error_message="That team may decide this already. Take it back first.",
            ),
        ]
        indexes = [models.Index(fields=["handed_at", "id"], name="handed_decision_newest")]

    def __str__(self) -> str:
        return f"decision {self.pk} handed down"

    def get_absolute_url(self) -> str:
        return reverse("labs:handed_decision", args=[self.pk])

    def has_run_out(self, today: date) -> bool:
        return self.state == self.State.IN_FORCE and bool(self.until and self.until < today)

    def take_back(self, *, by, words: str, at: datetime) -> None:
        self.TAKE_BACK.apply(self)
        self.taken_back_at, self.taken_back_by, self.why_taken_back = at, by, words
