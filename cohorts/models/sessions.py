from __future__ import annotations

from django.conf import settings
from django.db import models

from systemschangers.kernel.constraints import not_blank, one_of


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, person) -> SessionQuerySet:
        """Where the cohort is."""
        from .cohorts import Cohort

        return self.filter(cohort__in=Cohort.objects.visible_to(person))


class Session(models.Model):
    """A day or an hour a cohort comes together."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="sessions")
    stage = models.ForeignKey(
        "cohorts.Stage", null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField("where, and how to get in", max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            not_blank("title", name="session_has_a_title"),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="The session has to end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who was in the room. Ticked on a phone, in the room."""

    class State(models.TextChoices):
        CAME = "came", "came"
        SENT_WORD = "sent_word", "could not come, sent word"
        MISSED = "missed", "not there"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances"
    )
    state = models.CharField(max_length=10, choices=State)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["session", "person"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once_a_session"),
            one_of("state", ["came", "sent_word", "missed"], name="attendance_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()}"
