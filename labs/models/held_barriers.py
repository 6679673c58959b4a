from __future__ import annotations

from django.db import models

from .barrier_answers import BarrierAnswers, answer_rules


class HeldBarrier(BarrierAnswers):
    """An anonymous barrier that is not shown yet: it waits for at least three others, or three days.

    `held_on` is a day, never an hour, and goes when it is shown; then only the week is left. Each
    night all rows are drawn anew, in an order of chance (labs.actions.held_barriers)."""

    held_on = models.DateField()

    class Meta:
        verbose_name = "barrier held back"
        constraints = answer_rules("held_barrier")
