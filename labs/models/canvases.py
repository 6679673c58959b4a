from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .tools import AskedWords

ABOUT = 120


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def visible_to(self, person) -> CanvasQuerySet:
        """Its author; and whom the author shared it with, as long as it is shared. Nobody else."""
        if not person.is_authenticated:
            return self.none()
        shared = CanvasShare.objects.reaching(person).values("canvas")
        return self.filter(Q(author=person) | Q(pk__in=shared, state=Canvas.State.DONE))

    def for_list(self) -> CanvasQuerySet:
        shares = CanvasShare.objects.filter(canvas=models.OuterRef("pk"))
        return self.select_related("author").annotate(is_shared=models.Exists(shares))

    def for_detail(self) -> CanvasQuerySet:
        return self.select_related("author", "tool").prefetch_related("answers")


class Canvas(models.Model):
    """An exercise filled in. Its author's alone until they share it; and again once they stop.

    It keeps the questions as they were asked when it was begun: an exercise changed later changes
    nothing of what somebody answered."""

    class State(models.TextChoices):
        BEGUN = "begun", "begun"
        DONE = "done", "done"

    FINISH = Step({State.BEGUN, State.DONE}, State.DONE)

    tool = models.ForeignKey("labs.Tool", on_delete=models.PROTECT, related_name="canvases")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="canvases"
    )
    # The exercise's name and picture, as they were.
    title = models.CharField(max_length=80)
    drawing = models.CharField(
        max_length=10, choices=[("loop", "loop"), ("power", "power")], blank=True
    )
    about = models.CharField("what it is about", max_length=ABOUT, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.BEGUN)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CanvasQuerySet.as_manager()

    class Meta:
        verbose_name = "filled-in exercise"
        ordering = ["-changed_at", "-id"]
        constraints = [
            not_blank("title", name="canvas_has_a_title"),
            one_of("state", ["begun", "done"], name="canvas_state_known"),
            one_of("drawing", ["", "loop", "power"], name="canvas_drawing_known"),
            models.CheckConstraint(
                name="canvas_done_at_a_time",
                condition=Q(state="done", finished_at__isnull=False)
                | Q(state="begun", finished_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["author", "changed_at", "id"], name="canvas_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:canvas", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return f"{self.title}: {self.about}" if self.about else self.title

    def finish(self, *, at: datetime) -> None:
        """Done; done already, it stays done since when it was."""
        self.FINISH.apply(self)
        self.finished_at = self.finished_at or at

    def say_about(self, words: str) -> None:
        """What it is about, where nobody has said so: the first words of an answer."""
        self.about = self.about or Truncator(" ".join(words.split())).chars(ABOUT)


class CanvasAnswer(AskedWords):
    """A question of a canvas, and what was answered: empty while it was not."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField("your answer", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["canvas", "place"]
        constraints = [
            models.UniqueConstraint(fields=["canvas", "place"], name="canvas_answer_placed_once"),
            not_blank("asked", name="canvas_answer_asks"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("labs:answer", args=[self.pk])


class CanvasShareQuerySet(models.QuerySet["CanvasShare"]):
    def reaching(self, person) -> CanvasShareQuerySet:
        """Those by which `person` may read somebody's canvas."""
        return self.filter(person=person)


class CanvasShare(models.Model):
    """Somebody may read a canvas, until its author stops sharing it."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="canvases_shared"
    )
    shared_at = models.DateTimeField()

    objects = CanvasShareQuerySet.as_manager()

    class Meta:
        verbose_name = "shared exercise"
        ordering = ["shared_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["canvas", "person"], name="canvas_shared_once"),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"
