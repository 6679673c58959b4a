from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def draw_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class VoicePosterQuerySet(models.QuerySet["VoicePoster"]):
    def visible_to(self, person) -> VoicePosterQuerySet:
        """Those of one's own services; of all services for programme staff."""
        if not person.is_authenticated:
            return self.none()
        if person.reach.is_programme_staff:
            return self.all()
        return self.filter(service__in=person.reach.services)

    def for_list(self) -> VoicePosterQuerySet:
        return self.select_related(
            "service__organisation", "leader__person", "board__organisation", "board__chair__person"
        )

    def hanging(self) -> VoicePosterQuerySet:
        """Those whose page is open: not taken down, and for somebody who still listens."""
        return self.filter(
            Q(leader__retired_at=None) | Q(leader=None),
            Q(board__retired_at=None) | Q(board=None),
            taken_down_at=None,
        )


class VoicePoster(models.Model):
    """A sheet for a service's wall: its code opens a page, without an account, to speak to one named
    leader or board."""

    service = models.ForeignKey(
        "cohorts.Service", on_delete=models.PROTECT, related_name="voice_posters"
    )
    leader = models.ForeignKey(
        "cohorts.Leader", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    board = models.ForeignKey(
        "cohorts.Board", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=10, unique=True, default=draw_code, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = VoicePosterQuerySet.as_manager()

    class Meta:
        verbose_name = "poster"
        ordering = ["-made_at", "-id"]
        constraints = [
            both_or_neither("taken_down_at", "taken_down_by", name="voice_poster_taken_down_by"),
            models.CheckConstraint(
                name="voice_poster_for_a_leader_or_a_board",
                condition=Q(leader__isnull=True, board__isnull=False)
                | Q(leader__isnull=False, board__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["service", "leader"],
                condition=Q(taken_down_at=None),
                name="voice_poster_once_a_leader",
            ),
            models.UniqueConstraint(
                fields=["service", "board"],
                condition=Q(taken_down_at=None),
                name="voice_poster_once_a_board",
            ),
        ]

    def __str__(self) -> str:
        return f"poster {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("labs:voice_poster", args=[self.pk])

    @property
    def to_words(self) -> str:
        return str(self.leader or self.board)
