from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from .match_rounds import MatchRound


class Match(models.Model):
    """Two or three people a round brings together. Once the round is sent, they have a meeting."""

    round = models.ForeignKey(MatchRound, on_delete=models.CASCADE, related_name="matches")
    number = models.PositiveIntegerField()
    by_hand = models.BooleanField("changed by hand", default=False)
    told_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField(
        "cohorts.PeerMeeting",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="match",
    )

    class Meta:
        verbose_name = "match"
        verbose_name_plural = "matches"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="match_number_once"),
            # So that a place points at a match of its own round: see the migration.
            models.UniqueConstraint(fields=["id", "round"], name="match_of_its_round"),
        ]
        indexes = [
            models.Index(
                fields=["round", "number"], name="match_to_tell", condition=Q(told_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"group {self.number}"


class MatchPlaceQuerySet(models.QuerySet["MatchPlace"]):
    def visible_to(self, person) -> MatchPlaceQuerySet:
        """One's own, once the round is sent; and programme staff."""
        if person.reach.is_programme_staff:
            return self
        return self.filter(person=person, round__state=MatchRound.State.SENT)


class MatchPlace(models.Model):
    """Somebody's place in a round: in a match, or left out with the reason in words. Everybody the round
    is for has one, so that nobody is dropped without being told."""

    round = models.ForeignKey(MatchRound, on_delete=models.CASCADE, related_name="places")
    match = models.ForeignKey(
        Match, null=True, blank=True, on_delete=models.CASCADE, related_name="places"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="match_places"
    )
    left_out = models.CharField("why left out", max_length=200, blank=True)

    objects = MatchPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "place in a match round"
        ordering = ["round", "match__number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="match_place_once_a_round"),
            models.CheckConstraint(
                name="match_place_or_the_reason",
                condition=Q(match__isnull=False, left_out="")
                | (Q(match__isnull=True) & ~Q(left_out="")),
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk} in a match round"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:match_place", args=[self.pk])
