from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class ToolQuerySet(models.QuerySet["Tool"]):
    def visible_to(self, person) -> ToolQuerySet:
        """Everyone here; one that was retired whoever made it, and programme staff."""
        if not person.is_authenticated:
            return self.none()
        if person.reach.is_programme_staff:
            return self.all()
        return self.filter(Q(state=Tool.State.OFFERED) | Q(made_by=person))

    def offered(self) -> ToolQuerySet:
        return self.filter(state=Tool.State.OFFERED)

    def for_list(self) -> ToolQuerySet:
        return self.select_related("made_by").annotate(many=models.Count("questions"))

    def for_detail(self) -> ToolQuerySet:
        return self.select_related("made_by", "retired_by").prefetch_related("questions")


class Tool(models.Model):
    """A five-minute systems-thinking exercise: what it is for, a few questions, an example answered,
    and where it comes from.

    Seven come with the software and have a `key` (their words are in labs/built_in_tools.toml and follow
    each release); managers, facilitators and programme staff add their own in the same form."""

    class State(models.TextChoices):
        OFFERED = "offered", "offered"
        RETIRED = "retired", "retired"

    class Drawing(models.TextChoices):
        NONE = "", "no picture"
        LOOP = "loop", "a feedback loop"
        POWER = "power", "who has a say, and who lives with it"

    RETIRE = Step({State.OFFERED}, State.RETIRED)
    OFFER_AGAIN = Step({State.RETIRED}, State.OFFERED)

    key = models.SlugField(max_length=40, null=True, blank=True, unique=True, editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    title = models.CharField("what it is called", max_length=80)
    purpose = models.TextField("what it is for", max_length=600)
    example = models.TextField("an example, in short", max_length=1500, blank=True)
    source = models.TextField("where it comes from", max_length=600, blank=True)
    drawing = models.CharField(max_length=10, choices=Drawing, default=Drawing.NONE, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tools_made",
    )
    made_at = models.DateTimeField()
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    # Goes up with each change of its words: an edit of an older one overwrites nothing.
    version = models.PositiveIntegerField(default=1)

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = "thinking exercise"
        ordering = ["place", "id"]
        constraints = [
            not_blank("title", name="tool_has_a_title"),
            not_blank("purpose", name="tool_says_what_for"),
            one_of("state", ["offered", "retired"], name="tool_state_known"),
            one_of("drawing", ["", "loop", "power"], name="tool_drawing_known"),
            both_or_neither("retired_at", "retired_by", name="tool_retired_when_and_who"),
            models.CheckConstraint(
                name="tool_retired_by_somebody",
                condition=Q(state="retired", retired_at__isnull=False)
                | Q(state="offered", retired_at__isnull=True),
            ),
            models.CheckConstraint(
                name="tool_built_in_or_made",
                condition=Q(key__isnull=False, made_by__isnull=True, state="offered")
                | Q(key__isnull=True, made_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["made_at", "id"], name="tool_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:tool", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return Truncator(self.title).chars(90)

    @property
    def in_short(self) -> str:
        """Its purpose up to the first full stop, for lists."""
        first, stop, _ = self.purpose.partition(". ")
        return Truncator(first + stop.strip()).chars(160)

    @property
    def is_built_in(self) -> bool:
        return self.key is not None

    def retire(self, *, by, at: datetime) -> None:
        self.RETIRE.apply(self)
        self.retired_by, self.retired_at = by, at

    def offer_again(self) -> None:
        self.OFFER_AGAIN.apply(self)
        self.retired_by = self.retired_at = None


class AskedWords(models.Model):
    """A question as it is asked. One that offers `options` (one a line) is answered by choosing; `part`
    says what a picture takes its answer for."""

    place = models.PositiveSmallIntegerField()
    asked = models.CharField("question", max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    options = models.TextField(max_length=600, blank=True)
    part = models.CharField(max_length=20, blank=True)
    example = models.TextField(max_length=600, blank=True)

    class Meta:
        abstract = True

    @property
    def choices(self) -> list[str]:
        return self.options.splitlines()

    def as_asked(self) -> dict[str, object]:
        """All that is said with the question: what a filled-in exercise keeps of it."""
        return {field.name: getattr(self, field.name) for field in AskedWords._meta.local_fields}


class ToolQuestion(AskedWords):
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="questions")

    class Meta:
        ordering = ["tool", "place"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "place"], name="tool_question_placed_once"),
            not_blank("asked", name="tool_question_asks"),
        ]

    def __str__(self) -> str:
        return self.asked
