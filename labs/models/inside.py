"""What the nouns inside a lab share: their lab, who wrote them, and that members alone read them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from .labs import Lab

Thing = TypeVar("Thing", bound=models.Model)


class InsideQuerySet(models.QuerySet[Thing]):
    def visible_to(self, person) -> Any:
        """The members of its lab, today. Nobody else, programme staff and administrators included."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(lab__in=Lab.objects.inside_for(person).order_by().values("pk"))

    def for_list(self) -> Any:
        return self.select_related("made_by__person")

    def for_detail(self) -> Any:
        return self.select_related("made_by__person", "lab")


class InsideLab(models.Model):
    lab = models.ForeignKey("labs.Lab", on_delete=models.CASCADE, related_name="%(class)ss")
    made_by = models.ForeignKey("labs.LabMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
