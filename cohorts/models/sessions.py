from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts.clock_words import slot_in_words
from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, person) -> SessionQuerySet:
        """Where the cohort is."""
        from .cohorts import Cohort

        return self.filter(cohort__in=Cohort.objects.visible_to(person))

    def for_list(self) -> SessionQuerySet:
        return self.select_related("cohort", "stage")

    def for_detail(self) -> SessionQuerySet:
        return self.select_related("cohort", "stage", "called_off_by")

    def planned(self) -> SessionQuerySet:
        """Without those called off."""
        return self.filter(state=Session.State.PLANNED)

    def coming(self, at: datetime) -> SessionQuerySet:
        """Those that are not over yet."""
        return self.filter(ends_at__gt=at)

    def past(self, at: datetime) -> SessionQuerySet:
        return self.filter(ends_at__lte=at)


class Session(models.Model):
    """A day or an hour a cohort comes together."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        CALLED_OFF = "called_off", "called off"

    CALL_OFF = Step({State.PLANNED}, State.CALLED_OFF)

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="sessions")
    stage = models.ForeignKey(
        "cohorts.Stage", null=True, blank=True, on_delete=models.RESTRICT, related_name="sessions"
    )
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField("where, and how to get in", max_length=300, blank=True)
    link = models.URLField("link, when it is online", max_length=300, blank=True)
    access = models.TextField("getting there and taking part", max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_words = models.TextField("why it is called off", max_length=500, blank=True)
    # Grows with every change a calendar has to hear of.
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            not_blank("title", name="session_has_a_title"),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="The session has to end after it starts.",
            ),
            one_of("state", ["planned", "called_off"], name="session_state_known"),
            both_or_neither("called_off_at", "called_off_by", name="session_called_off_by_someone"),
            models.CheckConstraint(
                name="session_called_off_stands_with_its_state",
                condition=Q(state="planned", called_off_at__isnull=True, called_off_words="")
                | Q(state="called_off", called_off_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="session_of_cohort")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:session", args=[self.pk])

    @property
    def slot(self) -> str:
        """When, in the reader's time: “Tue 24 Nov, 2pm to 4:30pm”."""
        return slot_in_words(self.starts_at, self.ends_at)

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    def has_begun(self, at: datetime) -> bool:
        return self.starts_at <= at

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def day_has_come(self, at: datetime) -> bool:
        """From the morning of its day on, when people may be ticked as here."""
        return self.day <= timezone.localdate(at)

    def call_off(self, *, by, at: datetime, words: str) -> None:
        self.CALL_OFF.apply(self)
        self.called_off_by, self.called_off_at, self.called_off_words = by, at, words
        self.calendar_sequence += 1
        self.version += 1


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, person) -> AttendanceQuerySet:
        """One's own; the cohort's staff and programme staff read all of it. Not administrators."""
        reach = person.reach
        if reach.is_programme_staff:
            return self
        return self.filter(Q(person=person) | Q(session__cohort__in=reach.run_cohorts))


class Attendance(models.Model):
    """Who was in the room. Ticked on a phone, in the room; a member may say beforehand that they can't
    come. No row: nobody has said yet."""

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

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "person"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once_a_session"),
            one_of("state", ["came", "sent_word", "missed"], name="attendance_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()}"
