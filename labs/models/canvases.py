from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .lab_members import LabMember
from .labs import Lab
from .tools import AskedWords

ABOUT = 120


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def visible_to(self, person) -> CanvasQuerySet:
        """Its author; and whom the author shared it with, a person or a lab, as long as it is shared.
        Nobody else."""
        if not person.is_authenticated:
            return self.none()
        shared = CanvasShare.objects.reaching(person).values("canvas")
        return self.filter(Q(author=person) | Q(pk__in=shared, state=Canvas.State.DONE))

    def named_for(self, person) -> CanvasQuerySet:
        """With `by`, the name that `person` knows its author by: the one they have in the lab, where it
        came to `person` through a lab and in no other way."""
        directly = CanvasShare.objects.filter(canvas=OuterRef("pk"), person=person.pk)
        seats = LabMember.objects.filter(
            person=OuterRef("author"),
            lab__canvas_shares__canvas=OuterRef("pk"),
            lab__in=Lab.objects.inside_for(person).order_by().values("pk"),
        )
        alias = Subquery(seats.order_by("pk").values("alias")[:1])
        return self.annotate(
            by=Case(
                When(Q(author=person) | Exists(directly), then=F("author__name")),
                default=Coalesce(NullIf(alias, Value("")), F("author__name")),
            )
        )

    def for_list(self) -> CanvasQuerySet:
        shares = CanvasShare.objects.filter(canvas=OuterRef("pk"))
        return self.select_related("author").annotate(is_shared=Exists(shares))

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
        labs = Lab.objects.inside_for(person).order_by().values("pk")
        return self.filter(Q(person=person) | Q(lab__in=labs))

    def in_lab(self, lab) -> CanvasShareQuerySet:
        """What was shared with a lab, with `by`, the name its author has there."""
        seat = LabMember.objects.filter(person=OuterRef("canvas__author"), lab=lab)
        return (
            self.filter(lab=lab)
            .select_related("canvas")
            .annotate(
                by=Coalesce(
                    NullIf(Subquery(seat.values("alias")[:1]), Value("")), F("canvas__author__name")
                )
            )
        )

    def for_list(self) -> CanvasShareQuerySet:
        return self.select_related("person", "lab")


class CanvasShare(models.Model):
    """Somebody, or whoever is in a lab, may read a canvas until its author stops sharing it."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="canvases_shared",
    )
    lab = models.ForeignKey(
        "labs.Lab",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="canvas_shares",
    )
    shared_at = models.DateTimeField()

    objects = CanvasShareQuerySet.as_manager()

    class Meta:
        verbose_name = "shared exercise"
        ordering = ["shared_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["canvas", "person"], name="canvas_shared_once"),
            models.UniqueConstraint(fields=["canvas", "lab"], name="canvas_shared_in_lab_once"),
            models.CheckConstraint(
                name="canvas_shared_with_one",
                condition=Q(person__isnull=False, lab__isnull=True)
                | Q(person__isnull=True, lab__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"

    @property
    def shown(self) -> str:
        """Whom it is shared with, in words."""
        return self.person.name if self.person else f"The lab “{self.lab}”"
