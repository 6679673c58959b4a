from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import not_blank, one_of


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, person) -> CommitmentQuerySet:
        """Where the request it came of is visible."""
        from .leader_requests import LeaderRequest

        return self.filter(request__in=LeaderRequest.objects.visible_to(person))

    def visible_to_leader(self, leader) -> CommitmentQuerySet:
        """What a leader may be shown by letter, with no account: their own promises."""
        return self.filter(request__leader=leader)

    def for_detail(self) -> CommitmentQuerySet:
        return self.select_related("request__worker", "request__manager", "request__leader__person")

    def for_notices(self) -> CommitmentQuerySet:
        return self.for_detail()


class Commitment(models.Model):
    """What a leader said they would do, and by when. Both sides may say how it went."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        KEPT = "kept", "kept"
        PARTLY = "partly", "partly kept"
        NOT_KEPT = "not_kept", "not kept"
        NO_LONGER = "no_longer", "no longer relevant"

    request = models.ForeignKey(
        "cohorts.LeaderRequest", on_delete=models.CASCADE, related_name="commitments"
    )
    words = models.TextField("what was promised", max_length=1000)
    due_on = models.DateField("by when")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(null=True, blank=True)
    workers_view = models.TextField(max_length=1000, blank=True)
    leaders_view = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            not_blank("words", name="commitment_has_words"),
            one_of(
                "state",
                ["open", "kept", "partly", "not_kept", "no_longer"],
                name="commitment_state_known",
            ),
            models.CheckConstraint(
                name="commitment_judged_at_a_time",
                condition=Q(state="open") | Q(state_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="commitment_due", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:commitment", args=[self.pk])

    @property
    def excerpt(self) -> str:
        """The first words, for links to it."""
        return Truncator(" ".join(self.words.split())).chars(90)

    def is_overdue(self, today: date) -> bool:
        return self.state == self.State.OPEN and self.due_on < today
