from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .inside import InsideLab, InsideQuerySet


class Experiment(InsideLab):
    """One cycle: what we think will happen, what we try, what we noticed, and what we do with it."""

    class State(models.TextChoices):
        TRYING = "trying", "being tried"
        ADAPTED = "adapted", "adapted"
        ADOPTED = "adopted", "adopted"
        ABANDONED = "abandoned", "abandoned"

    ADAPT = Step({State.TRYING}, State.ADAPTED)
    ADOPT = Step({State.TRYING}, State.ADOPTED)
    ABANDON = Step({State.TRYING}, State.ABANDONED)
    TRY_ON = Step({State.ADAPTED, State.ADOPTED, State.ABANDONED}, State.TRYING)

    try_what = models.TextField("what we will try", max_length=1000)
    expect = models.TextField("what we think will happen", max_length=1000)
    by_when = models.DateField("by when")
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_one"
    )
    state = models.CharField(max_length=9, choices=State, default=State.TRYING)
    noticed = models.TextField("what we noticed", max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "labs.LabMember", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "experiment"
        ordering = ["id"]
        constraints = [
            not_blank("try_what", name="experiment_tries_something"),
            not_blank("expect", name="experiment_expects_something"),
            one_of(
                "state",
                ["trying", "adapted", "adopted", "abandoned"],
                name="experiment_state_known",
            ),
            both_or_neither("decided_at", "decided_by", name="experiment_decided_by_someone"),
            models.CheckConstraint(
                name="experiment_decided_on_what_was_noticed",
                condition=Q(state="trying", decided_at__isnull=True)
                | (~Q(state="trying") & Q(decided_at__isnull=False) & ~Q(noticed="")),
            ),
            models.CheckConstraint(
                name="experiment_follows_an_earlier_one",
                condition=Q(follows__isnull=True) | Q(follows__lt=F("id")),
            ),
        ]
        indexes = [models.Index(fields=["lab", "id"], name="experiment_of_lab")]

    def __str__(self) -> str:
        return self.excerpt

    def get_absolute_url(self) -> str:
        return reverse("labs:experiment", args=[self.pk])

    @property
    def excerpt(self) -> str:
        text = " ".join(self.try_what.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    def is_due(self, today: date) -> bool:
        return self.state == self.State.TRYING and self.by_when <= today

    def decide(self, step: Step) -> None:
        """Adapt, adopt or abandon; the caller sets when and by whom with it."""
        step.apply(self)

    def try_on(self) -> None:
        """Undo: nothing was decided."""
        self.TRY_ON.apply(self)
        self.decided_at = self.decided_by = None
