from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class SubstantiationQuerySet(models.QuerySet["Substantiation"]):
    def visible_to(self, person) -> SubstantiationQuerySet:
        """An answer: whoever sees the outcome. A question that waits, or was called off: who asked."""
        from .outcomes import Outcome

        shown = Q(state=Substantiation.State.ANSWERED) | Q(asked_by=person)
        return self.filter(shown, outcome__in=Outcome.objects.visible_to(person))

    def for_detail(self) -> SubstantiationQuerySet:
        return self.select_related("outcome__author", "outcome__service__organisation", "asked_by")


class Substantiation(models.Model):
    """A named person who knows of an outcome and did not write it says whether it is so.

    Asked by e-mail with a signed link, answered once; the answer can't be changed or taken away
    (a trigger refuses it), and is shown wherever the outcome is."""

    class Verdict(models.TextChoices):
        AGREE = "agree", "agrees"
        PARTLY = "partly", "agrees in part"
        DISAGREE = "disagree", "does not agree"

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        ANSWERED = "answered", "answered"
        CALLED_OFF = "called_off", "called off"

    ANSWER = Step({State.ASKED}, State.ANSWERED)
    CALL_OFF = Step({State.ASKED}, State.CALLED_OFF)

    outcome = models.ForeignKey(
        "wins.Outcome", on_delete=models.CASCADE, related_name="substantiations"
    )
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    # Who that is, where they have an account here.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    connection = models.CharField("how they know of it", max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="substantiations_asked"
    )
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SubstantiationQuerySet.as_manager()

    class Meta:
        verbose_name = "question to somebody who knows"
        ordering = ["asked_at", "id"]
        constraints = [
            not_blank("name", name="substantiation_is_by_somebody_named"),
            not_blank("connection", name="substantiation_says_how_they_know"),
            one_of("state", ["asked", "answered", "called_off"], name="substantiation_state_known"),
            one_of(
                "verdict", ["", "agree", "partly", "disagree"], name="substantiation_verdict_known"
            ),
            models.CheckConstraint(
                name="substantiation_answered_whole",
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(verdict=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, verdict="", comment="")),
            ),
            models.CheckConstraint(
                name="substantiation_asked_at_an_address",
                condition=~Q(state="asked") | ~Q(email=""),
            ),
            models.UniqueConstraint(
                fields=["outcome", "email"],
                condition=Q(state="asked"),
                name="substantiation_asked_once",
                violation_error_message="They have been asked already. Wait for their answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"substantiation {self.pk}"

    def get_absolute_url(self) -> str:
        return self.outcome.get_absolute_url()

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED

    def answer(self, *, verdict: str, comment: str, at: datetime) -> None:
        """For good: the address it was asked at is no longer needed."""
        self.ANSWER.apply(self)
        self.verdict, self.comment, self.answered_at, self.email = verdict, comment, at, ""

    def call_off(self) -> None:
        self.CALL_OFF.apply(self)
        self.email = ""
