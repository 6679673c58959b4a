from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q


class MatchPauseQuerySet(models.QuerySet["MatchPause"]):
    def on(self, day: date) -> MatchPauseQuerySet:
        return self.filter(until__gte=day)


class MatchPause(models.Model):
    """Somebody would rather not be matched until a day. It ends by itself."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="match_pause"
    )
    until = models.DateField("until and with")
    made_at = models.DateTimeField()

    objects = MatchPauseQuerySet.as_manager()

    class Meta:
        verbose_name = "pause from match rounds"

    def __str__(self) -> str:
        return f"pause {self.pk}"


class DoNotPairQuerySet(models.QuerySet["DoNotPair"]):
    def visible_to(self, person) -> DoNotPairQuerySet:
        """Whoever wrote it down, and nobody else: no staff, no administrator, not whom it names."""
        return self.filter(person=person)

    def kept_apart_from(self, person) -> models.QuerySet:
        """Numbers of people not to suggest to this person: those they named, and those who named them.

        Only ever used to leave people out of lists, never shown."""
        named = self.filter(person=person).values("other")
        naming = self.filter(other=person).values("person")
        return named.union(naming)


class DoNotPair(models.Model):
    """Two who are never put together, because one of them asked. Private to whoever asked.

    No reason is kept, and no event: the record of what was done here is read by others."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="not_paired_with"
    )
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    objects = DoNotPairQuerySet.as_manager()

    class Meta:
        verbose_name = "somebody not to be paired with"
        ordering = ["other__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                name="do_not_pair_once",
                violation_error_message="They are on your list already.",
            ),
            models.CheckConstraint(
                name="do_not_pair_two_people", condition=~Q(person=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"somebody not to be paired with {self.pk}"
