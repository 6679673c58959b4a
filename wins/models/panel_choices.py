from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .selection_rounds import PanelSeat, SelectionRound


class PanelChoiceQuerySet(models.QuerySet["PanelChoice"]):
    def visible_to(self, person) -> PanelChoiceQuerySet:
        """Its own panel while it is talked over. Once agreed, the second panel reads the first's.
        When the round is finished, so do all who told something that was put forward or put it there;
        and everyone here when what was chosen is published."""
        from .nominations import Nomination

        State = SelectionRound.State
        seats = PanelSeat.objects.filter(person=person)
        own = Q(Exists(seats.filter(round=OuterRef("round"), level=OuterRef("level"))))
        agreed = Q(state=PanelChoice.State.AGREED)
        passed_up = agreed & Q(round__state__in=[State.SECOND, State.FINISHED])
        passed_up &= Q(round__in=seats.filter(level=2).values("round"))
        finished = agreed & Q(round__state=State.FINISHED)
        took_part = Nomination.objects.put_forward().filter(
            Q(teller=person) | Q(nominated_by=person)
        )
        on_a_panel = Q(round__in=seats.values("round"))
        shown = Q(nomination__in=Nomination.objects.published())
        fed_back = finished & (Q(round__in=took_part.values("round")) | on_a_panel | shown)
        return self.filter(own | passed_up | fed_back)

    def agreed(self, level: int | None = None) -> PanelChoiceQuerySet:
        found = self.filter(state=PanelChoice.State.AGREED)
        return found.filter(level=level) if level else found

    def for_list(self) -> PanelChoiceQuerySet:
        return self.select_related(
            "nomination__win",
            "nomination__story",
            "nomination__teller",
            "proposed_by",
            "agreed_by",
        ).defer("nomination__win__search")


class PanelChoice(models.Model):
    """One of a panel proposes a choice with the reason they talked over; another agrees, and it stands.

    Nobody decides on their own: who agrees is never who proposed it (in the database too), and neither is
    who told it or put it forward."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        AGREED = "agreed", "agreed"
        TAKEN_BACK = "taken_back", "taken back"

    AGREE = Step({State.PROPOSED}, State.AGREED)
    TAKE_BACK = Step({State.PROPOSED}, State.TAKEN_BACK)

    round = models.ForeignKey(SelectionRound, on_delete=models.CASCADE, related_name="choices")
    level = models.PositiveSmallIntegerField("panel", choices=PanelSeat.Level)
    nomination = models.ForeignKey(
        "wins.Nomination", on_delete=models.CASCADE, related_name="choices"
    )
    reason = models.TextField("why this one", max_length=3000)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = PanelChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "choice of a panel"
        verbose_name_plural = "choices of panels"
        ordering = ["level", "proposed_at", "id"]
        constraints = [
            not_blank("reason", name="panel_choice_has_a_reason"),
            one_of("state", ["proposed", "agreed", "taken_back"], name="panel_choice_state_known"),
            models.CheckConstraint(name="panel_choice_level_known", condition=Q(level__in=[1, 2])),
            both_or_neither("agreed_at", "agreed_by", name="panel_choice_agreed_by_somebody"),
            models.CheckConstraint(
                name="panel_choice_agreed_when_it_says_so",
                condition=Q(state="agreed", agreed_at__isnull=False)
                | (~Q(state="agreed") & Q(agreed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="panel_choice_nobody_decides_alone",
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["nomination", "level"],
                condition=~Q(state="taken_back"),
                name="panel_choice_once_a_panel",
                violation_error_message="Somebody of your panel has proposed this one already.",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(level=2, state="agreed"),
                name="panel_choice_one_in_the_end",
                violation_error_message="Your panel has chosen already.",
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk} of the {self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("wins:nomination", args=[self.nomination_id])

    def agree(self, *, by, at: datetime) -> None:
        self.AGREE.apply(self)
        self.agreed_by, self.agreed_at = by, at
