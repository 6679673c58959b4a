from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of

from .posts import Post

LASTS = timedelta(days=30)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, person) -> InvitationQuerySet:
        """Those who invite see every invitation: who is waited for is their work together."""
        runs = person.is_staff or person.reach.is_programme_staff
        return self if runs else self.none()

    def open(self, at: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, called_off_at=None, expires_at__gt=at)

    def by_token(self, token: str) -> InvitationQuerySet:
        return self.filter(token_hash=hashed(token))


class Invitation(models.Model):
    """A link in an e-mail that lets one person in, once. Only a hash of its token is kept."""

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=100)
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    job_title = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Post.Kind, default=Post.Kind.FRONTLINE)
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invited"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            both_or_neither("accepted_at", "person", name="invitation_accepted_by_someone"),
            not_blank("name", name="invitation_has_a_name"),
            one_of(
                "kind",
                ["frontline", "manager", "leader", "programme"],
                name="invitation_kind_known",
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at__isnull=True, called_off_at__isnull=True),
                name="invitation_one_open_per_email",
                violation_error_message="There is already an open invitation to that address.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.name}"

    def state(self, at: datetime) -> str:
        """used, called off, expired or open, worked out and never stored."""
        if self.accepted_at:
            return "used"
        if self.called_off_at:
            return "called off"
        return "open" if at < self.expires_at else "expired"

    def renew(self, at: datetime) -> str:
        """A fresh token, good for thirty days from `at`; returned once, kept only hashed."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.expires_at = hashed(token), at + LASTS
        return token
