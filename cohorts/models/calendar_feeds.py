from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """A private address a calendar reads a person's meetings from. Only a hash of its token (256 bits)
    is kept; a new one ends the old. The feed carries no names and none of the story."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"

    def draw_token(self) -> str:
        token = secrets.token_urlsafe(32)
        self.token_hash = hashlib.sha256(token.encode()).hexdigest()
        return token
