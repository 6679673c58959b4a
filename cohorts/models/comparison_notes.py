from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from systemschangers.kernel.constraints import one_of

from .peer_meetings import PeerMeeting


class ComparisonNoteQuerySet(models.QuerySet["ComparisonNote"]):
    def visible_to(self, person) -> ComparisonNoteQuerySet:
        """Who wrote it, and those who met. No staff and no administrator."""
        from .peer_places import PeerPlace

        met = PeerPlace.objects.of_those_who_met().filter(person=person)
        return self.filter(Q(author=person) | Q(meeting__in=met.values("meeting")))

    def for_list(self) -> ComparisonNoteQuerySet:
        return self.select_related("author")


class ComparisonNote(models.Model):
    """What two services do about the same thing: we do, they do, and what I'll try. One a person a
    meeting. What they'll try comes back to them after four weeks."""

    class Tried(models.TextChoices):
        YES = "yes", "I tried it"
        NOT_YET = "not_yet", "not yet"
        NO = "no", "I won’t try it after all"

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comparison_notes"
    )
    we_do = models.TextField("we do", max_length=2000, blank=True)
    they_do = models.TextField("they do", max_length=2000, blank=True)
    will_try = models.TextField("I’ll try", max_length=1000, blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    asked_how_at = models.DateTimeField(null=True, blank=True)
    tried = models.CharField(max_length=8, choices=Tried, blank=True)
    tried_words = models.TextField("what happened", max_length=2000, blank=True)
    tried_at = models.DateTimeField("said at", null=True, blank=True)

    objects = ComparisonNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "comparison note"
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "author"],
                name="note_one_a_person",
                violation_error_message="You have written a note of this meeting already.",
            ),
            models.CheckConstraint(
                name="note_says_something", condition=~Q(we_do="", they_do="", will_try="")
            ),
            one_of("tried", ["", "yes", "not_yet", "no"], name="note_tried_known"),
            models.CheckConstraint(
                name="note_tried_has_a_time",
                condition=Q(tried="", tried_at__isnull=True)
                | (~Q(tried="") & Q(tried_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["written_at"],
                name="note_to_ask_about",
                condition=Q(asked_how_at__isnull=True) & ~Q(will_try=""),
            )
        ]

    def __str__(self) -> str:
        return f"comparison note {self.pk}"

    def get_absolute_url(self) -> str:
        meeting = PeerMeeting(pk=self.meeting_id)
        return f"{meeting.get_absolute_url()}#note-{self.pk}"

    @property
    def excerpt(self) -> str:
        words = " ".join((self.will_try or self.they_do or self.we_do).split())
        return Truncator(words).chars(90)

    def tell_tried(self, tried: str, words: str, *, at: datetime) -> None:
        self.tried, self.tried_words, self.tried_at = tried, words, at
