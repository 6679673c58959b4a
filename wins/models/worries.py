from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import both_or_neither, one_of
from systemschangers.kernel.lifecycle import Step


class WorryQuerySet(models.QuerySet["Worry"]):
    def visible_to(self, person) -> WorryQuerySet:
        """Whoever raised it, and programme staff."""
        if person.reach.is_programme_staff:
            return self
        return self.filter(raised_by=person)


class Worry(models.Model):
    """A worry about a win, told to programme staff: it names somebody, or isn't ours to tell."""

    class Kind(models.TextChoices):
        NAMES = "names", "It could show who a service user is"
        NOT_OURS = "not_ours", "It is not theirs to tell"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "waiting for programme staff"
        ANSWERED = "answered", "answered"

    class Outcome(models.TextChoices):
        LEFT = "left", "Leave the win as it is"
        SET_ASIDE = "set_aside", "Set the win aside until its author has changed it"

    ANSWER = Step({State.OPEN}, State.ANSWERED)

    win = models.ForeignKey("wins.Win", on_delete=models.CASCADE, related_name="worries")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="worries"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(max_length=2000, blank=True)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorryQuerySet.as_manager()

    class Meta:
        verbose_name = "worry"
        verbose_name_plural = "worries"
        ordering = ["raised_at", "id"]
        constraints = [
            both_or_neither("answered_at", "answered_by", name="worry_answered_by_someone"),
            models.CheckConstraint(
                name="worry_answered_in_words",
                condition=Q(state="open", answered_at__isnull=True, outcome="")
                | (Q(state="answered", answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
            ),
            models.UniqueConstraint(
                fields=["win", "raised_by"],
                condition=Q(state="open"),
                name="worry_one_open_each",
                violation_error_message="You have already told programme staff about this win.",
            ),
            one_of("kind", ["names", "not_ours", "other"], name="worry_kind_known"),
            one_of("outcome", ["", "left", "set_aside"], name="worry_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"worry {self.pk}"
