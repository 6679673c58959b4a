from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .practices import Practice


class BorrowingQuerySet(models.QuerySet["Borrowing"]):
    def visible_to(self, person) -> BorrowingQuerySet:
        """Shown on the practice's page, so whoever sees that; and always one's own."""
        seen = Practice.objects.visible_to(person).values("pk")
        return self.filter(Q(person=person) | Q(practice__in=seen))

    def for_list(self) -> BorrowingQuerySet:
        return self.select_related("person", "service__organisation")


class Borrowing(models.Model):
    """A service that does this too, or takes it up: from whom it learned of it, and how it went."""

    class State(models.TextChoices):
        WE_DO = "we_do", "we do this too"
        BORROWING = "borrowing", "borrowing it"
        KEPT = "kept", "kept"
        ADAPTED = "adapted", "adapted"
        DROPPED = "dropped", "dropped"

    _TOLD = {State.KEPT, State.ADAPTED, State.DROPPED}

    BORROW = Step({State.WE_DO, State.DROPPED}, State.BORROWING)
    KEEP = Step({State.BORROWING, *_TOLD}, State.KEPT)
    ADAPT = Step({State.BORROWING, *_TOLD}, State.ADAPTED)
    DROP = Step({State.BORROWING, *_TOLD}, State.DROPPED)

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="borrowings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="borrowings"
    )
    service = models.ForeignKey(
        "cohorts.Service", on_delete=models.PROTECT, related_name="borrowings"
    )
    # The service it was learned from, when that borrowed it too; None: from where it began.
    learned_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="led_to"
    )
    state = models.CharField(max_length=10, choices=State, default=State.BORROWING)
    since = models.DateTimeField()
    asked_at = models.DateTimeField("asked how it went at", null=True, blank=True)
    words = models.TextField("how it went, and why", max_length=1500, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = BorrowingQuerySet.as_manager()

    class Meta:
        verbose_name = "borrowing"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                name="borrowing_one_a_person",
                violation_error_message="You have said so already.",
            ),
            models.CheckConstraint(
                name="borrowing_told_has_a_time",
                condition=Q(state__in=["kept", "adapted", "dropped"], told_at__isnull=False)
                | Q(state__in=["we_do", "borrowing"], told_at__isnull=True),
            ),
            models.CheckConstraint(
                name="borrowing_is_learned_from_another",
                condition=Q(learned_from__isnull=True) | ~Q(learned_from=models.F("id")),
            ),
            one_of(
                "state",
                ["we_do", "borrowing", "kept", "adapted", "dropped"],
                name="borrowing_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["since"],
                name="borrowing_to_ask_about",
                condition=Q(state="borrowing", asked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"borrowing {self.pk}"

    def get_absolute_url(self) -> str:
        practice = Practice(pk=self.practice_id)
        return f"{practice.get_absolute_url()}#borrowing-{self.pk}"

    @property
    def excerpt(self) -> str:
        return f"A practice borrowed: {self.get_state_display()}"

    @property
    def is_told(self) -> bool:
        return self.state in self._TOLD

    def begin_again(self, *, at: datetime) -> None:
        """From “we do this too”, or dropped: the eight weeks begin anew."""
        self.BORROW.apply(self)
        self.since, self.asked_at, self.told_at, self.words = at, None, None, ""

    def tell(self, step: Step, words: str, *, at: datetime) -> None:
        step.apply(self)
        self.words, self.told_at = words, at
