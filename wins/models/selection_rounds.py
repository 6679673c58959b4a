from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step

# Three, so that one of a panel may be a teller and two are left to choose.
FEWEST_IN_PANEL = 3
FEWEST_TO_CHOOSE_FROM = 2
MOST_SENT_UP = 3


class SelectionRoundQuerySet(models.QuerySet["SelectionRound"]):
    def visible_to(self, person) -> SelectionRoundQuerySet:
        """Everyone here, once it is open; before that the programme staff who prepare it, and those they
        asked to be on a panel."""
        if not person.is_authenticated:
            return self.none()
        if person.reach.is_programme_staff:
            return self.all()
        hidden = Q(state=SelectionRound.State.DRAFT) | Q(
            state=SelectionRound.State.CALLED_OFF, opened_at=None
        )
        asked = PanelSeat.objects.filter(person=person).values("round")
        return self.filter(~hidden | Q(pk__in=asked))

    def open(self) -> SelectionRoundQuerySet:
        return self.filter(state=SelectionRound.State.OPEN)

    def for_list(self) -> SelectionRoundQuerySet:
        return self.select_related("made_by")

    def for_detail(self) -> SelectionRoundQuerySet:
        return self.select_related("made_by").prefetch_related("seats__person")


class SelectionRound(models.Model):
    """Which change mattered most? Wins and stories of one period are put forward with why they matter;
    a first panel sends a few up, a second chooses one, each with a reason that goes back to the tellers.

    After Rick Davies and Jess Dart, The “Most Significant Change” (MSC) Technique: A Guide to Its Use
    (2005): domains of change (step 2), the reporting period (3), collecting stories (4), selecting the
    most significant at more than one level (5), and feeding the reasons back (6)."""

    class State(models.TextChoices):
        DRAFT = "draft", "being prepared"
        OPEN = "open", "open for stories"
        FIRST = "first", "with the first panel"
        SECOND = "second", "with the second panel"
        FINISHED = "finished", "chosen"
        CALLED_OFF = "called_off", "called off"

    OPEN = Step({State.DRAFT}, State.OPEN)
    CLOSE = Step({State.OPEN}, State.FIRST)
    SEND_UP = Step({State.FIRST}, State.SECOND)
    FINISH = Step({State.SECOND}, State.FINISHED)
    CALL_OFF = Step({State.DRAFT, State.OPEN, State.FIRST, State.SECOND}, State.CALLED_OFF)

    domain = models.CharField("kind of change", max_length=160)
    about = models.TextField("what is meant by it", max_length=1000, blank=True)
    starts = models.DateField("from")
    ends = models.DateField("to")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField("in its state since")

    objects = SelectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "round of most significant changes"
        verbose_name_plural = "rounds of most significant changes"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("domain", name="selection_round_names_its_domain"),
            one_of(
                "state",
                ["draft", "open", "first", "second", "finished", "called_off"],
                name="selection_round_state_known",
            ),
            models.CheckConstraint(
                name="selection_round_ends_after_it_starts", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="selection_round_opened_at_a_time",
                condition=Q(state__in=["draft", "called_off"]) | Q(opened_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["made_at", "id"], name="selection_round_newest")]

    def __str__(self) -> str:
        return self.domain

    def get_absolute_url(self) -> str:
        return reverse("wins:selection_round", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return Truncator(self.domain).chars(90)

    @property
    def level(self) -> int:
        """Of the panel that chooses now; 0 when none does."""
        return {self.State.FIRST: 1, self.State.SECOND: 2}.get(self.State(self.state), 0)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.FINISHED, self.State.CALLED_OFF)

    def covers(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def move(self, step: Step, *, at: datetime) -> None:
        """Take `step` and note since when. The caller holds the row's lock and saves."""
        step.apply(self)
        self.since = at
        if step is self.OPEN:
            self.opened_at = at


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def visible_to(self, person) -> PanelSeatQuerySet:
        """Who chooses is known to whoever sees the round: they read what is put forward."""
        return self.filter(round__in=SelectionRound.objects.visible_to(person))

    def on_panel(self, level: int) -> PanelSeatQuerySet:
        return self.filter(level=level, person__is_active=True)


class PanelSeat(models.Model):
    """Somebody on one of a round's two panels; nobody is on both."""

    class Level(models.IntegerChoices):
        FIRST = 1, "first panel"
        SECOND = 2, "second panel"

    round = models.ForeignKey(SelectionRound, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="panel_seats"
    )
    level = models.PositiveSmallIntegerField("panel", choices=Level)
    made_at = models.DateTimeField()

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        verbose_name = "place on a panel"
        verbose_name_plural = "places on panels"
        ordering = ["level", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="panel_seat_one_a_person",
                violation_error_message="They are on one of the two panels already.",
            ),
            models.CheckConstraint(name="panel_seat_level_known", condition=Q(level__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"place {self.pk} on the {self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return self.round.get_absolute_url()
