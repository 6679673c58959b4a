from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class MatchRoundQuerySet(models.QuerySet["MatchRound"]):
    def visible_to(self, person) -> MatchRoundQuerySet:
        """Programme staff. Whoever is in a round sees their own place in it, not the round."""
        return self if person.reach.is_programme_staff else self.none()

    def for_list(self) -> MatchRoundQuerySet:
        return self.select_related("cohort", "place", "made_by", "sent_by", "called_off_by")


class MatchRound(models.Model):
    """Programme staff bring workers of different services together, two or three at a time.

    Looked at before it is sent; sent once; the same people, history and `seed` give the same groups."""

    class Whom(models.TextChoices):
        COHORT = "cohort", "everybody in one cohort"
        PLACE = "place", "people of one place who are open to meet"
        EVERYONE = "everyone", "everybody here who is open to meet"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PREVIEWED = "previewed", "ready to look at"
        SENT = "sent", "sent"
        CALLED_OFF = "called_off", "called off"

    CHANGE = Step({State.DRAFT, State.PREVIEWED}, State.DRAFT)
    PREVIEW = Step({State.DRAFT, State.PREVIEWED}, State.PREVIEWED)
    SEND = Step({State.PREVIEWED}, State.SENT)
    CALL_OFF = Step({State.DRAFT, State.PREVIEWED}, State.CALLED_OFF)

    name = models.CharField(max_length=80)
    question = models.TextField("the question to compare", max_length=500)
    whom = models.CharField("who", max_length=10, choices=Whom)
    cohort = models.ForeignKey(
        "cohorts.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    size = models.PositiveSmallIntegerField("how many meet", default=2)
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="match_rounds_made"
    )
    made_at = models.DateTimeField()
    previewed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MatchRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "match round"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("name", name="match_round_has_a_name"),
            not_blank("question", name="match_round_has_a_question"),
            one_of("whom", ["cohort", "place", "everyone"], name="match_round_whom_known"),
            models.CheckConstraint(
                name="match_round_names_whom",
                condition=Q(whom="cohort", cohort__isnull=False, place__isnull=True)
                | Q(whom="place", cohort__isnull=True, place__isnull=False)
                | Q(whom="everyone", cohort__isnull=True, place__isnull=True),
            ),
            models.CheckConstraint(
                name="match_round_of_two_or_three", condition=Q(size__in=[2, 3])
            ),
            one_of(
                "state",
                ["draft", "previewed", "sent", "called_off"],
                name="match_round_state_known",
            ),
            both_or_neither("sent_at", "sent_by", name="match_round_sent_by_someone"),
            both_or_neither(
                "called_off_at", "called_off_by", name="match_round_called_off_by_someone"
            ),
            models.CheckConstraint(
                name="match_round_state_has_its_time",
                condition=Q(state="draft", sent_at__isnull=True, called_off_at__isnull=True)
                | Q(
                    state="previewed",
                    previewed_at__isnull=False,
                    sent_at__isnull=True,
                    called_off_at__isnull=True,
                )
                | Q(state="sent", sent_at__isnull=False, called_off_at__isnull=True)
                | Q(state="called_off", sent_at__isnull=True, called_off_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:match_round", args=[self.pk])

    @property
    def whom_words(self) -> str:
        if self.whom == self.Whom.COHORT:
            return f"Everybody in {self.cohort}"
        if self.whom == self.Whom.PLACE:
            return f"People in {self.place} who are open to meet"
        return "Everybody here who is open to meet"

    def change(self) -> None:
        self.CHANGE.apply(self)
        self.previewed_at = None

    def preview(self, *, at: datetime) -> None:
        self.PREVIEW.apply(self)
        self.previewed_at = at

    def send(self, *, by, at: datetime) -> None:
        self.SEND.apply(self)
        self.sent_by, self.sent_at = by, at

    def call_off(self, *, by, at: datetime) -> None:
        self.CALL_OFF.apply(self)
        self.called_off_by, self.called_off_at = by, at
