from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from cohorts.models import Board
from systemschangers.kernel.constraints import both_or_neither, one_of
from systemschangers.kernel.lifecycle import Step
from wins.impact.periods import period_words

from .paper_readings import PaperReading

MOST_STORIES = 3


class BoardPaperQuerySet(models.QuerySet["BoardPaper"]):
    def visible_to(self, person) -> BoardPaperQuerySet:
        """Programme staff, who make them; once issued, the leaders who chair that board or sit on it."""
        if not person.is_authenticated or person.by_code_card:
            return self.none()
        if person.reach.is_programme_staff:
            return self.all()
        return self.for_board_of(person)

    def issued(self) -> BoardPaperQuerySet:
        return self.filter(state="issued")

    def for_board_of(self, person) -> BoardPaperQuerySet:
        """Issued to a board that `person` chairs or sits on, for them to read."""
        return self.issued().filter(board__in=Board.objects.of(person))

    def not_opened_by(self, person) -> BoardPaperQuerySet:
        return self.exclude(Exists(readings_of(person)))

    def for_list(self) -> BoardPaperQuerySet:
        return self.select_related("board__organisation").defer("as_it_was")

    def with_opened(self, person) -> BoardPaperQuerySet:
        """With `opened_at`, when `person` first opened it, and `to_read`, whether it is theirs to read."""
        return self.annotate(
            opened_at=Subquery(readings_of(person).values("opened_at")),
            to_read=Q(state="issued", board__in=Board.objects.of(person).values("pk")),
        )

    def for_detail(self) -> BoardPaperQuerySet:
        return self.select_related("board__organisation", "board__chair", "made_by", "issued_by")


def readings_of(person) -> models.QuerySet[PaperReading]:
    return PaperReading.objects.filter(paper=OuterRef("pk"), person=person)


class BoardPaper(models.Model):
    """What a board reads before it meets: one to four pages for one board and one period.

    Issued, it is kept as it was on the day, and PostgreSQL refuses to change or delete it. What is kept
    are figures, states, days and which things stood on it (`as_it_was`, see wins.board_paper), never
    anybody's words: these are read where their owner keeps them, and only while the reader may see them.
    So a voice that is taken back is gone from every paper at once, and from the database."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        ISSUED = "issued", "issued"

    ISSUE = Step({State.DRAFT}, State.ISSUED)

    board = models.ForeignKey("cohorts.Board", on_delete=models.PROTECT, related_name="papers")
    # A year or a quarter, as figures are told for: two dates of one's liking could give one person away.
    period = models.CharField(max_length=7)
    meets_on = models.DateField("the board meets on", null=True, blank=True)
    words = models.TextField("words to begin with", max_length=600, blank=True)
    chosen = ArrayField(models.BigIntegerField(), verbose_name="stories chosen", default=list)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_papers"
    )
    made_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    as_it_was = models.JSONField(null=True, blank=True)

    objects = BoardPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "board paper"
        ordering = ["-made_at", "-id"]
        constraints = [
            one_of("state", ["draft", "issued"], name="board_paper_state_known"),
            both_or_neither("issued_at", "issued_by", name="board_paper_issued_by_somebody"),
            models.CheckConstraint(
                name="board_paper_issued_is_kept",
                condition=Q(state="issued", issued_at__isnull=False, as_it_was__isnull=False)
                | Q(state="draft", issued_at__isnull=True, as_it_was__isnull=True),
            ),
            models.CheckConstraint(
                name="board_paper_period_known", condition=Q(period__regex=r"^20\d\d(-q[1-4])?$")
            ),
            models.CheckConstraint(
                name="board_paper_three_stories", condition=Q(chosen__len__lte=MOST_STORIES)
            ),
        ]
        indexes = [
            models.Index(fields=["made_at", "id"], name="board_paper_newest"),
            models.Index(fields=["board", "made_at", "id"], name="board_paper_of_board"),
        ]

    def __str__(self) -> str:
        return f"{self.board.name}: {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("wins:board_paper", args=[self.pk])

    @property
    def when(self) -> str:
        """The period in words: “July to September 2026”."""
        return period_words(self.period)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def issue(self, as_it_was: dict[str, Any], *, by: Any, at: datetime) -> None:
        """To the board, for good. The caller holds the row's lock and saves."""
        self.ISSUE.apply(self)
        self.as_it_was, self.issued_by, self.issued_at = as_it_was, by, at
