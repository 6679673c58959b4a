from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .ripples import ROOTS
from .things import AboutAThing, about_one


class RippleSessionQuerySet(models.QuerySet["RippleSession"]):
    def visible_to(self, person) -> RippleSessionQuerySet:
        """The members of its lab, today."""
        from labs.models import Lab

        return self.filter(lab__in=Lab.objects.inside_for(person).order_by().values("pk"))

    def for_detail(self) -> RippleSessionQuerySet:
        return self.select_related("lab", *ROOTS).defer("win__search", "practice__search")


class RippleSession(AboutAThing):
    """A lab looks together at what one thing led to: every member adds what they know of.

    Ripple effects mapping is done by a group (see Ripple). The thing is one that all in the lab see."""

    KINDS = ROOTS

    class State(models.TextChoices):
        GOING = "going", "going on"
        ENDED = "ended", "ended"

    END = Step({State.GOING}, State.ENDED)
    GO_ON = Step({State.ENDED}, State.GOING)

    lab = models.ForeignKey("labs.Lab", on_delete=models.CASCADE, related_name="ripple_sessions")
    root = models.CharField(max_length=32)
    win = models.ForeignKey(
        "wins.Win", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    practice = models.ForeignKey(
        "cohorts.Practice", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    meeting = models.ForeignKey(
        "cohorts.PeerMeeting", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    commitment = models.ForeignKey(
        "cohorts.Commitment", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    experiment = models.ForeignKey(
        "labs.Experiment", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(max_length=5, choices=State, default=State.GOING)
    made_by = models.ForeignKey(
        "labs.LabMember", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RippleSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "ripple session"
        ordering = ["-made_at", "-id"]
        constraints = [
            about_one(ROOTS, name="ripple_session_is_about_one_thing", key="root"),
            one_of("state", ["going", "ended"], name="ripple_session_state_known"),
            models.CheckConstraint(
                name="ripple_session_ended_at_a_time",
                condition=Q(state="going", ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["lab", "root"],
                name="ripple_session_once_a_lab",
                violation_error_message="Your lab looks at this already.",
            ),
        ]

    def __str__(self) -> str:
        return f"ripple session {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wins:ripple_session", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return str(self.thing.excerpt)

    @property
    def is_going(self) -> bool:
        return self.state == self.State.GOING

    def end(self, at: Any) -> None:
        self.END.apply(self)
        self.ended_at = at

    def go_on(self) -> None:
        self.GO_ON.apply(self)
        self.ended_at = None
