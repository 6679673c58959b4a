from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .peer_meetings import PeerMeeting


class PeerPlaceQuerySet(models.QuerySet["PeerPlace"]):
    def with_person(self) -> PeerPlaceQuerySet:
        """With the person, and the posts they hold now, as `person.current_posts`."""
        from .posts import Post

        posts = Post.objects.current().select_related("service__organisation")
        return self.select_related("person", "time_request").prefetch_related(
            models.Prefetch("person__posts", queryset=posts, to_attr="current_posts")
        )

    def going(self) -> PeerPlaceQuerySet:
        return self.filter(state=PeerPlace.State.GOING)

    def of_those_who_met(self) -> PeerPlaceQuerySet:
        """Who came to a meeting that was held: all who had a seat, but for those who say they had not."""
        return self.filter(
            state=PeerPlace.State.GOING, meeting__state=PeerMeeting.State.HELD, absent=False
        )


class PeerPlace(models.Model):
    """Somebody's place in a meeting: asked, going (with a seat), on the waiting list, or out of it.

    One a person. Whoever comes back after leaving takes a new `turn`, at the end of the list."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        GOING = "going", "going"
        WAITING = "waiting", "on the waiting list"
        LEFT = "left", "not coming"
        DECLINED = "declined", "said no"

    ACCEPT = Step({State.ASKED}, State.GOING)
    DECLINE = Step({State.ASKED, State.GOING}, State.DECLINED)
    MOVE_UP = Step({State.WAITING}, State.GOING)
    LEAVE = Step({State.GOING, State.WAITING}, State.LEFT)
    SIT_DOWN_AGAIN = Step({State.LEFT}, State.GOING)
    QUEUE_AGAIN = Step({State.LEFT}, State.WAITING)

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="peer_places"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # 0 is the seat of whoever invites or holds the meeting.
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    # As many as the meeting has: a composite foreign key keeps the two the same.
    seats = models.PositiveSmallIntegerField()
    # The order in which people came; the waiting list moves up by it.
    turn = models.PositiveIntegerField()
    since = models.DateTimeField()
    # When they said which of the dates on the table suit.
    answered_dates_at = models.DateTimeField(null=True, blank=True)
    absent = models.BooleanField("says they were not there", default=False)
    reminders = models.PositiveSmallIntegerField("reminders to write a note", default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    time_request = models.OneToOneField(
        "cohorts.TimeRequest",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="peer_place",
    )

    objects = PeerPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "place in a meeting"
        verbose_name_plural = "places in meetings"
        ordering = ["meeting", "turn", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="peer_place_one_a_person",
                violation_error_message="They have a place in this meeting already.",
            ),
            models.UniqueConstraint(fields=["meeting", "turn"], name="peer_place_one_a_turn"),
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False),
                name="peer_place_one_a_seat",
                violation_error_message="Somebody else has that seat.",
            ),
            models.CheckConstraint(
                name="peer_place_going_has_a_seat",
                condition=Q(state="going", seat__isnull=False)
                | (~Q(state="going") & Q(seat__isnull=True)),
            ),
            models.CheckConstraint(
                name="peer_place_seat_is_one_there_is",
                condition=Q(seat__isnull=True) | Q(seat__lte=F("seats")),
                violation_error_message="There are no more seats.",
            ),
            models.CheckConstraint(
                name="peer_place_absent_had_a_seat", condition=Q(absent=False) | Q(state="going")
            ),
            models.CheckConstraint(
                name="peer_place_time_of_who_goes",
                condition=Q(time_request__isnull=True) | Q(state="going"),
            ),
            one_of(
                "state",
                ["asked", "going", "waiting", "left", "declined"],
                name="peer_place_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "turn"],
                name="peer_place_waiting",
                condition=Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"

    @property
    def is_hosts(self) -> bool:
        return self.seat == 0

    @property
    def has_a_part(self) -> bool:
        """Asked or going or waiting: not out of it."""
        return self.state in (self.State.ASKED, self.State.GOING, self.State.WAITING)

    def take(self, step: Step, *, at: datetime, seat: int | None = None) -> None:
        """The state and the seat change together. The caller holds the meeting's lock and saves."""
        step.apply(self)
        self.seat, self.since = seat, at
