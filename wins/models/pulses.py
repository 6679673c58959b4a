"""The conditions pulse: who has answered, and, apart from it, what was answered."""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.db import models

CONDITIONS = tuple(range(1, 14))
CANT_SAY = 0


def random_key() -> int:
    """A number that says nothing of when: 62 bits of chance."""
    return secrets.randbits(62)


def quarter_of(day: date) -> date:
    """The first day of its quarter, which is what a round is named by."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_after(quarter: date) -> date:
    later = quarter.month + 3
    return date(quarter.year + later // 13, (later - 1) % 12 + 1, 1)


def quarter_words(quarter: date) -> str:
    months = ("January to March", "April to June", "July to September", "October to December")
    return f"{months[(quarter.month - 1) // 3]} {quarter.year}"


class PulseTurn(models.Model):
    """This person has answered in this round: so that each answers once. Neither when, nor what."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.DateField("first day of the quarter")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pulse_turns"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="pulse_once_a_round",
                violation_error_message="You have answered this time. Each person answers once.",
            )
        ]

    def __str__(self) -> str:
        return "an answer to the pulse"


class PulseAnswer(models.Model):
    """One step chosen for one statement by somebody. Thirteen of these are one person's answers, and
    nothing here says which thirteen.

    `service` is kept only while five or more people hold a post in it, `organisation` likewise; when
    the round is over, those of fewer than five who answered are taken out (wins.actions.pulses)."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.DateField("first day of the quarter")
    condition = models.PositiveSmallIntegerField()
    # 1 to 5; 0: can't say.
    step = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        "cohorts.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pulse_condition_known", condition=models.Q(condition__in=list(CONDITIONS))
            ),
            models.CheckConstraint(
                name="pulse_step_known", condition=models.Q(step__in=[0, 1, 2, 3, 4, 5])
            ),
            models.CheckConstraint(
                name="pulse_service_with_its_organisation",
                condition=models.Q(service__isnull=True) | models.Q(organisation__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["round", "condition"], name="pulse_by_round")]

    def __str__(self) -> str:
        return "one answer to the pulse"
