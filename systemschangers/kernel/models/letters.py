from __future__ import annotations

from django.conf import settings
from django.db import models


class Letter(models.Model):
    """One e-mail, written in the transaction of what it tells of and sent after commit.

    `dedupe_key` makes it impossible to write the same letter twice. Words are wiped once sent or
    given up (sign-in codes live in them), except in development, where the outbox page shows them.
    `claimed_at` is set just before the mail server is handed the words: see kernel.sending."""

    to = models.EmailField(max_length=254)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    # A meeting for the reader's calendar (iCalendar, with its METHOD), or nothing.
    calendar = models.TextField(blank=True)
    # Where one press, signed out, stops letters like this (RFC 8058), or nothing.
    stop = models.CharField(max_length=300, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    made_at = models.DateTimeField()
    no_use_after = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"],
                name="letter_waiting",
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_sent_or_given_up",
                condition=models.Q(sent_at__isnull=True) | models.Q(given_up_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
