from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import not_blank


class SignedLinkQuerySet(models.QuerySet["SignedLink"]):
    def by_token(self, token: str) -> SignedLinkQuerySet:
        return self.filter(token_hash=hashlib.sha256(token.encode()).hexdigest())

    def open(self, at: datetime) -> SignedLinkQuerySet:
        return self.filter(used_at=None, called_off_at=None, expires_at__gt=at)


class SignedLink(models.Model):
    """A link in a letter that lets one named person do one thing, once, without an account.

    Only a hash of its token is kept. Opening it does nothing (mail scanners open links): what it is
    for is done by a POST."""

    purpose = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=100)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            not_blank("name", name="signed_link_names_somebody"),
            models.CheckConstraint(
                name="signed_link_expires", condition=models.Q(expires_at__gt=models.F("made_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="signed_link_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.name}"

    def draw_token(self) -> str:
        """A fresh token; returned once, kept only hashed."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hashlib.sha256(token.encode()).hexdigest()
        return token
