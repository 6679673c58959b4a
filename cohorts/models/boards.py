from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, person) -> BoardQuerySet:
        """Which boards there are, and who sits on them, everyone here may know."""
        return self.filter(retired_at=None) if person.is_authenticated else self.none()

    def for_list(self) -> BoardQuerySet:
        return self.select_related("organisation", "chair__person").prefetch_related("members")

    def of(self, person) -> BoardQuerySet:
        """Those that `person`, as a leader with an account, chairs or sits on."""
        chairs = models.Q(chair__person=person, chair__retired_at=None)
        sits = models.Q(members__person=person, members__retired_at=None)
        return self.filter(chairs | sits, retired_at=None).distinct()


class Board(models.Model):
    """Some leaders who decide together, under a name: a cabinet, a safeguarding board, trustees.

    Letters go to its chair, who answers for it; its members read what it reads."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="boards"
    )
    chair = models.ForeignKey(
        "cohorts.Leader", on_delete=models.PROTECT, related_name="chaired_boards"
    )
    members = models.ManyToManyField("cohorts.Leader", blank=True, related_name="boards")
    about = models.TextField("what it decides", max_length=1000, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            not_blank("name", name="board_has_a_name"),
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="board_named_once",
                condition=models.Q(retired_at=None),
                violation_error_message="That organisation already has a board of this name.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation.name}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:board", args=[self.pk])
