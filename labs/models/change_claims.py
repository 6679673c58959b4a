from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step


class ChangeClaim(models.Model):
    """What a leader says will change, or has, because of a voice. It counts when the teller says so.

    `words` may be empty only when the voice was taken back: what was said of it went with it."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        MADE = "made", "made, not yet confirmed"
        CONFIRMED = "confirmed", "confirmed by who told it"
        DENIED = "denied", "not so, says who told it"

    MAKE = Step({State.PLANNED, State.DENIED}, State.MADE)
    CONFIRM = Step({State.MADE, State.DENIED}, State.CONFIRMED)
    DENY = Step({State.MADE, State.CONFIRMED}, State.DENIED)

    class SaidBy(models.TextChoices):
        RECEIPT = "receipt", "themselves, by receipt"
        WORKER = "worker", "through the worker who carried it"

    voice = models.ForeignKey("labs.Voice", on_delete=models.CASCADE, related_name="claims")
    words = models.TextField("what changes", max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State)
    by_when = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    made_on = models.DateField(null=True, blank=True)
    judged_on = models.DateField("teller said so on", null=True, blank=True)
    judged_how = models.CharField(max_length=8, choices=SaidBy, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict_words = models.TextField("what the teller says", max_length=1000, blank=True)

    class Meta:
        verbose_name = "change"
        ordering = ["id"]
        constraints = [
            one_of(
                "state", ["planned", "made", "confirmed", "denied"], name="change_claim_state_known"
            ),
            one_of("judged_how", ["", "receipt", "worker"], name="change_claim_how_known"),
            models.CheckConstraint(
                name="change_claim_planned_has_a_day",
                condition=~Q(state="planned")
                | Q(by_when__isnull=False, planned_on__isnull=False, made_on__isnull=True),
            ),
            models.CheckConstraint(
                name="change_claim_made_has_a_day",
                condition=Q(state="planned") | Q(made_on__isnull=False),
            ),
            models.CheckConstraint(
                name="change_claim_judged_by_the_teller",
                condition=(
                    Q(state__in=["confirmed", "denied"], judged_on__isnull=False)
                    & (
                        Q(judged_how="receipt", judged_by__isnull=True)
                        | Q(judged_how="worker", judged_by__isnull=False)
                    )
                )
                | Q(
                    state__in=["planned", "made"],
                    judged_on__isnull=True,
                    judged_how="",
                    judged_by__isnull=True,
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "judged_on"], name="change_claim_by_day")]

    def __str__(self) -> str:
        return f"change {self.pk}"

    def is_late(self, today: date) -> bool:
        return self.state == self.State.PLANNED and bool(self.by_when and self.by_when < today)

    def make(self, today: date) -> None:
        self.MAKE.apply(self)
        self.made_on = today
        self.judged_on, self.judged_how, self.judged_by = None, "", None

    def judge(self, *, confirmed: bool, how: str, by, today: date) -> None:
        (self.CONFIRM if confirmed else self.DENY).apply(self)
        self.judged_on, self.judged_how, self.judged_by = today, how, by
