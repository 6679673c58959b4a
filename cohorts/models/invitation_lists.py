from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

KEPT_FOR = timedelta(days=7)


class InvitationListQuerySet(models.QuerySet["InvitationList"]):
    def visible_to(self, person) -> InvitationListQuerySet:
        """A list of people's addresses is read by who brought it, and only while they may invite."""
        runs = person.is_staff or person.reach.is_programme_staff
        return self.filter(person=person) if runs else self.none()

    def old(self, at: datetime) -> InvitationListQuerySet:
        return self.filter(made_at__lt=at - KEPT_FOR)


class InvitationList(models.Model):
    """Addresses to be asked into a cohort, between being looked through and being sent.

    `lines` holds what is still to be sent: [line number, name, email, service, job title] each. Once
    sent, only the lines that were wrong are left, to be mended; after a week the row goes."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="invitation_lists"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitation_lists"
    )
    lines = models.JSONField(default=list)
    unused = models.JSONField("columns we don’t use", default=list)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    letters_sent = models.PositiveIntegerField(default=0)
    people_asked = models.PositiveIntegerField(default=0)

    objects = InvitationListQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation list"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"invitation list {self.pk}"
