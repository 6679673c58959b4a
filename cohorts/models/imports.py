from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

KEPT_FOR = timedelta(days=7)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, person) -> ImportQuerySet:
        """A list of people's addresses is read by who brought it, and only while they may."""
        runs = person.is_staff or person.reach.is_programme_staff
        return self.filter(person=person) if runs else self.none()


class Import(models.Model):
    """A list of people brought in, between being looked through and being added.

    Kept in a row and not in the session, so that nothing is lost and nothing is added twice. Once
    added, `text` is cut down to the lines that were wrong; after a week the row goes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports"
    )
    text = models.TextField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    people_added = models.PositiveIntegerField(default=0)
    people_invited = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"import {self.pk}"
