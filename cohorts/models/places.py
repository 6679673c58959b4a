from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from systemschangers.kernel.constraints import not_blank


class PlaceQuerySet(models.QuerySet["Place"]):
    def named(self, name: str) -> Place | None:
        """The place of that name, however it is written; made when it is new; None for no name."""
        if not name:
            return None
        return self.filter(name__iexact=name).first() or self.get_or_create(name=name)[0]


class Place(models.Model):
    """A town, district or county that services work in."""

    name = models.CharField(max_length=80)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="place_named_once",
                violation_error_message="That place is already here.",
            ),
            not_blank("name", name="place_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """What work is about, in the words workers use (“move-on housing”)."""

    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="theme_named_once",
                violation_error_message="That theme is already here.",
            ),
            not_blank("name", name="theme_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
