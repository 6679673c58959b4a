from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class PeerMeetingQuerySet(models.QuerySet["PeerMeeting"]):
    def visible_to(self, person) -> PeerMeetingQuerySet:
        """Who has, or had, a part in it, and whoever paired them. An open meeting: everyone here."""
        from .peer_places import PeerPlace

        mine = PeerPlace.objects.filter(person=person).values("meeting")
        return self.filter(Q(pk__in=mine) | Q(made_by=person) | Q(kind=PeerMeeting.Kind.OPEN))

    def for_list(self) -> PeerMeetingQuerySet:
        """With who is in it and what they do, as `shown_places`."""
        from .peer_places import PeerPlace

        places = PeerPlace.objects.with_person().order_by("turn", "id")
        return self.select_related("made_by").prefetch_related(
            models.Prefetch("places", queryset=places, to_attr="shown_places")
        )

    def for_detail(self) -> PeerMeetingQuerySet:
        return self.select_related("made_by", "dates_by", "called_off_by")


class PeerMeeting(models.Model):
    """Workers of different services compare notes: two who invite each other (or three, paired), half
    a day beside somebody at their work, or an open meeting with seats.

    `seats` are for those who come, besides whoever holds or proposed it, who sits in seat 0."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "one_to_one", "one to one"
        VISIT = "visit", "shadowing visit"
        OPEN = "open", "open meeting"

    class State(models.TextChoices):
        INVITED = "invited", "waiting for dates"
        DATES_PROPOSED = "dates_proposed", "dates proposed"
        ARRANGED = "arranged", "arranged"
        HELD = "held", "held"
        DID_NOT_HAPPEN = "did_not_happen", "did not happen"
        DECLINED = "declined", "declined"
        CALLED_OFF = "called_off", "called off"

    class WhyNot(models.TextChoices):
        COVER = "cover", "nobody could cover the work"
        AWAY = "away", "somebody was ill, or called away"
        NO_DATE = "no_date", "no date could be found"
        LOST = "lost", "they missed each other, or the call did not work"
        NOT_NOW = "not_now", "it was not the time for it"
        OTHER = "other", "something else"

    # What ends without a meeting.
    NOT_HELD = (State.DID_NOT_HAPPEN, State.DECLINED, State.CALLED_OFF)

    PROPOSE_DATES = Step({State.INVITED, State.DATES_PROPOSED}, State.DATES_PROPOSED)
    NONE_FITS = Step({State.DATES_PROPOSED}, State.INVITED)
    ARRANGE = Step({State.DATES_PROPOSED}, State.ARRANGED)
    MOVE = Step({State.ARRANGED}, State.INVITED)
    DECLINE = Step({State.INVITED, State.DATES_PROPOSED}, State.DECLINED)
    CALL_OFF = Step({State.INVITED, State.DATES_PROPOSED, State.ARRANGED}, State.CALLED_OFF)
    HOLD = Step({State.ARRANGED, State.DID_NOT_HAPPEN}, State.HELD)
    MISS = Step({State.ARRANGED}, State.DID_NOT_HAPPEN)
    TRY_AGAIN = Step({State.DID_NOT_HAPPEN}, State.INVITED)

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ONE_TO_ONE)
    question = models.TextField("the question to compare", max_length=500)
    state = models.CharField(max_length=16, choices=State, default=State.INVITED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="peer_meetings_made"
    )
    made_at = models.DateTimeField()
    # Since when it stands as it stands.
    since = models.DateTimeField()
    hours = models.DecimalField("hours, with travel", max_digits=4, decimal_places=2)
    seats = models.PositiveSmallIntegerField()
    # Whose dates are on the table: the others answer.
    dates_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meets_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    link = models.URLField("link to the call", max_length=300, blank=True)
    access_note = models.CharField("how to get in", max_length=300, blank=True)
    # How often the meeting's place in calendars changed: iCalendar's SEQUENCE.
    calendar_sequence = models.PositiveIntegerField(default=0)
    asked_whether_held_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField("said to be held at", null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Why there was no meeting, where somebody said so: counted for the staff who paired people.
    why_not = models.CharField("why not", max_length=8, choices=WhyNot, blank=True)

    objects = PeerMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "meeting"
        ordering = ["-since", "-id"]
        constraints = [
            not_blank("question", name="peer_meeting_has_a_question"),
            one_of("kind", ["one_to_one", "visit", "open"], name="peer_meeting_kind_known"),
            one_of(
                "state",
                [
                    "invited",
                    "dates_proposed",
                    "arranged",
                    "held",
                    "did_not_happen",
                    "declined",
                    "called_off",
                ],
                name="peer_meeting_state_known",
            ),
            models.CheckConstraint(
                name="peer_meeting_seats_of_its_kind",
                condition=Q(kind="open", seats__range=(2, 200))
                | Q(kind="visit", seats=1)
                | Q(kind="one_to_one", seats__range=(1, 3)),
                violation_error_message="An open meeting has from 2 to 200 seats.",
            ),
            # Repeated on each place, whose seat may not be beyond it: see the migration.
            models.UniqueConstraint(fields=["id", "seats"], name="peer_meeting_of_so_many"),
            models.CheckConstraint(
                name="peer_meeting_open_is_never_negotiated",
                condition=~Q(kind="open")
                | Q(state__in=["arranged", "held", "did_not_happen", "called_off"]),
            ),
            models.CheckConstraint(
                name="peer_meeting_arranged_has_a_date",
                condition=Q(
                    state__in=["arranged", "held", "did_not_happen"], meets_at__isnull=False
                )
                | Q(state__in=["invited", "dates_proposed", "declined"], meets_at__isnull=True)
                | Q(state="called_off"),
            ),
            models.CheckConstraint(
                name="peer_meeting_dates_are_somebodys",
                condition=Q(state="dates_proposed", dates_by__isnull=False)
                | (~Q(state="dates_proposed") & Q(dates_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="peer_meeting_held_has_a_time",
                condition=Q(state="held", held_at__isnull=False)
                | (~Q(state="held") & Q(held_at__isnull=True)),
            ),
            both_or_neither(
                "called_off_at", "called_off_by", name="peer_meeting_called_off_by_someone"
            ),
            models.CheckConstraint(
                name="peer_meeting_called_off_has_a_time",
                condition=Q(state="called_off", called_off_at__isnull=False)
                | (~Q(state="called_off") & Q(called_off_at__isnull=True)),
            ),
            one_of(
                "why_not",
                ["", "cover", "away", "no_date", "lost", "not_now", "other"],
                name="peer_meeting_why_not_known",
            ),
            models.CheckConstraint(
                name="peer_meeting_why_not_of_none_held",
                condition=Q(why_not="") | Q(state__in=["did_not_happen", "declined", "called_off"]),
            ),
            models.CheckConstraint(
                name="peer_meeting_hours_in_reason", condition=Q(hours__gt=0, hours__lte=12)
            ),
        ]
        indexes = [
            models.Index(
                fields=["meets_at", "id"],
                name="peer_meeting_arranged",
                condition=Q(state="arranged"),
            ),
            models.Index(
                fields=["meets_at", "id"], name="peer_meeting_open", condition=Q(kind="open")
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:peer_meeting", args=[self.pk])

    @property
    def excerpt(self) -> str:
        """The beginning of its question, as links to it say it."""
        return Truncator(" ".join(self.question.split())).chars(90)

    @property
    def is_open(self) -> bool:
        return self.kind == self.Kind.OPEN

    @property
    def ends_at(self) -> datetime | None:
        return self.meets_at and self.meets_at + timedelta(hours=float(self.hours))

    def has_begun(self, now: datetime) -> bool:
        return self.meets_at is not None and self.meets_at <= now

    def move(self, step: Step, *, at: datetime, why: str = "") -> None:
        """Take the step, and let go of what belongs to the state before: dates, an hour, an answer. `why`
        there is no meeting, where there is none."""
        step.apply(self)
        self.since, self.why_not = at, why
        if self.state != self.State.DATES_PROPOSED:
            self.dates_by = None
        if self.state in (self.State.INVITED, self.State.DECLINED):
            self.meets_at = self.asked_whether_held_at = None
        self.held_at = at if self.state == self.State.HELD else None

    def call_off(self, *, by, at: datetime, why: str = "") -> None:
        """Its hour is kept, so that the letter that takes it out of calendars can name it."""
        self.move(self.CALL_OFF, at=at, why=why)
        self.called_off_by, self.called_off_at = by, at


class ProposedDate(models.Model):
    """A date somebody proposes for a meeting of two or three; the others say which suit."""

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"],
                name="proposed_date_once",
                violation_error_message="You proposed that date twice.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d %b %Y %H:%M}"


class PeerMeetingWord(models.Model):
    """What somebody did or said on a meeting's way, in its order. Never changed."""

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="words")
    step = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="peer_words"
    )
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [not_blank("step", name="peer_word_has_a_step")]

    def __str__(self) -> str:
        return f"{self.step} {self.at:%d %b %Y}"
