from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.blanks import day_of, worked_out
from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .barrier_answers import monday_of


class PromptChoice(models.Model):
    """Somebody asked to be offered an exercise a week. No row: they did not, and nothing is offered."""

    class Way(models.TextChoices):
        HOME = "home", "on my home page"
        EMAIL = "email", "on my home page, and by e-mail"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="prompt_choice"
    )
    way = models.CharField(max_length=10, choices=Way)
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = "wish for a weekly exercise"
        constraints = [one_of("way", ["home", "email"], name="prompt_choice_way_known")]

    def __str__(self) -> str:
        return f"choice {self.pk}"


class WeeklyPromptQuerySet(models.QuerySet["WeeklyPrompt"]):
    def visible_to(self, person) -> WeeklyPromptQuerySet:
        return self.filter(person=person) if person.is_authenticated else self.none()

    def open_on(self, at: datetime) -> WeeklyPromptQuerySet:
        """Of this week, neither begun nor set aside."""
        week = worked_out(monday_of, day_of(at))
        return self.filter(week=week, state=WeeklyPrompt.State.OFFERED)


class WeeklyPrompt(models.Model):
    """One exercise, offered to one person in one week because of something they logged: `thing_type`
    and `thing_id`, as in a Thread, since it may be of a floor above."""

    class State(models.TextChoices):
        OFFERED = "offered", "offered"
        BEGUN = "begun", "begun"
        SET_ASIDE = "set_aside", "not this week"

    BEGIN = Step({State.OFFERED, State.SET_ASIDE, State.BEGUN}, State.BEGUN)
    PUT_ASIDE = Step({State.OFFERED}, State.SET_ASIDE)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_prompts"
    )
    week = models.DateField("the week that begins on")
    tool = models.ForeignKey("labs.Tool", on_delete=models.CASCADE, related_name="+")
    thing_type = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    canvas = models.ForeignKey(
        "labs.Canvas", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField()

    objects = WeeklyPromptQuerySet.as_manager()

    class Meta:
        verbose_name = "weekly exercise"
        ordering = ["-week"]
        constraints = [
            one_of("state", ["offered", "begun", "set_aside"], name="weekly_prompt_state_known"),
            models.UniqueConstraint(fields=["person", "week"], name="weekly_prompt_once_a_week"),
            models.CheckConstraint(
                name="weekly_prompt_week_is_a_monday", condition=Q(week__iso_week_day=1)
            ),
            models.CheckConstraint(
                name="weekly_prompt_canvas_once_begun",
                condition=Q(canvas__isnull=True) | Q(state="begun"),
            ),
        ]

    def __str__(self) -> str:
        return f"weekly exercise {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("labs:weekly_prompt", args=[self.pk])

    def is_of(self, today: date) -> bool:
        return self.week == monday_of(today)

    def begin(self, canvas) -> None:
        self.BEGIN.apply(self)
        self.canvas = canvas

    def put_aside(self) -> None:
        self.PUT_ASIDE.apply(self)
