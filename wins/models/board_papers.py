"""What is put before a board: one to four pages, kept as they were on the day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank


class BoardPaperQuerySet(models.QuerySet["BoardPaper"]):
    def visible_to(self, person) -> BoardPaperQuerySet:
        """Programme staff, and those who lead: who make it, and for whom it is made."""
        reach = person.reach
        if reach.is_programme_staff or "leader" in reach.kinds:
            return self
        return self.filter(made_by=person)

    def for_list(self) -> BoardPaperQuerySet:
        return self.select_related("made_by").defer("pdf", "content")


class BoardPaper(models.Model):
    """A paper for a named board about a period. Figures stay as they were on the day.

    `content` holds what was written into it. Whoever takes words of theirs back is taken out at the
    next read, from here too, and `withdrawn` counts it: consent goes before keeping
    (wins.actions.board_papers)."""

    board = models.CharField("which board", max_length=120)
    organisation = models.ForeignKey(
        "cohorts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.CharField(max_length=7)
    content = models.JSONField()
    withdrawn = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    pdf = models.BinaryField(null=True, blank=True)
    pdf_made_at = models.DateTimeField(null=True, blank=True)

    objects = BoardPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("board", name="board_paper_names_its_board"),
            both_or_neither("pdf", "pdf_made_at", name="board_paper_pdf_has_a_time"),
        ]

    def __str__(self) -> str:
        return f"board paper {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("home:board_paper", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return f"Paper for {self.board}"
