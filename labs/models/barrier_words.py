from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import one_of


class BarrierWord(models.Model):
    """One thing done about a barrier, and what was said with it, in order: its history.

    `by` is an account; `by_name` a leader who answered by signed link. Neither: whoever raised it
    anonymously, or programme (the question after four weeks)."""

    class Step(models.TextChoices):
        LOOKING = "looking", "is looking at it"
        PROMISED = "promised", "promised a change"
        CANNOT = "cannot", "says it can’t be changed"
        CHANGED = "changed", "says it has changed"
        ASKED = "asked", "asked whether it is fixed"
        CONFIRMED = "confirmed", "says it is fixed"
        REOPENED = "reopened", "says it is not fixed"
        PICKED_UP = "picked_up", "took it up"
        PUT_DOWN = "put_down", "gave it back"
        MERGED = "merged", "put it together with another"
        UNMERGED = "unmerged", "took the two apart again"
        SET_ASIDE = "set_aside", "set it aside"
        PUT_BACK = "put_back", "put it back on the board"
        HOLDER = "holder", "asked somebody to answer"
        HANDED_DOWN = "handed_down", "handed the decision down"
        TAKEN_BACK = "taken_back", "took the decision back"

    barrier = models.ForeignKey("labs.Barrier", on_delete=models.CASCADE, related_name="words")
    step = models.CharField(max_length=12, choices=Step)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=100, blank=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(max_length=2000, blank=True)
    due_on = models.DateField("by when", null=True, blank=True)
    # A day is enough for who reads it, and all that may be kept of who came back by receipt.
    on = models.DateField()

    class Meta:
        verbose_name = "word about a barrier"
        ordering = ["id"]
        constraints = [
            one_of(
                "step",
                [
                    *("looking", "promised", "cannot", "changed", "asked", "confirmed"),
                    *("reopened", "picked_up", "put_down", "merged", "unmerged"),
                    *("set_aside", "put_back", "holder", "handed_down", "taken_back"),
                ],
                name="barrier_word_step_known",
            ),
            models.CheckConstraint(
                name="barrier_word_has_one_author",
                condition=Q(by_name="") | Q(by__isnull=True),
            ),
            models.CheckConstraint(
                name="barrier_word_says_why",
                condition=~Q(step__in=["promised", "cannot", "set_aside"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="barrier_word_promise_has_a_day",
                condition=Q(step="promised", due_on__isnull=False)
                | (~Q(step="promised") & Q(due_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of barrier {self.barrier_id}"
