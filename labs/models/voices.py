from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .barrier_answers import random_key
from .voice_queryset import VoiceQuerySet

ACKNOWLEDGED_IN = timedelta(days=7)
ANSWERED_IN = timedelta(days=28)


class Voice(models.Model):
    """A service user's own words, to a named leader or board.

    Who may read it is for its consent to say, asked anew at every reading (VoiceQuerySet.visible_to).
    Taken back, its words are gone from the row at once. Nothing in the row tells the hour, and keys are
    drawn by chance: of a voice given directly, no more is known than the day and the poster."""

    class Way(models.TextChoices):
        CARRIED = "carried", "carried by a worker"
        DIRECT = "direct", "given directly"

    class State(models.TextChoices):
        CHECKING = "checking", "being checked"
        SENT_BACK = "sent_back", "sent back to be changed"
        KEPT_OUT = "kept_out", "not sent on"
        SENT = "sent", "waiting for an answer"
        ACKNOWLEDGED = "acknowledged", "received"
        ANSWERED = "answered", "answered"
        WITHDRAWN = "withdrawn", "taken back"

    ON_ITS_WAY = (State.SENT, State.ACKNOWLEDGED, State.ANSWERED)
    STANDING = (State.CHECKING, State.SENT_BACK, State.KEPT_OUT, *ON_ITS_WAY)

    SEND_ON = Step({State.CHECKING}, State.SENT)
    SEND_BACK = Step({State.CHECKING}, State.SENT_BACK)
    SEND_AGAIN = Step({State.SENT_BACK}, State.CHECKING)
    KEEP_OUT = Step({State.CHECKING}, State.KEPT_OUT)
    ACKNOWLEDGE = Step({State.SENT}, State.ACKNOWLEDGED)
    ANSWER = Step(set(ON_ITS_WAY), State.ANSWERED)
    WITHDRAW = Step(set(STANDING), State.WITHDRAWN)

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    way = models.CharField("how it came", max_length=8, choices=Way)
    words = models.TextField("their own words", max_length=4000, blank=True)
    leader = models.ForeignKey(
        "cohorts.Leader", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    board = models.ForeignKey(
        "cohorts.Board", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_voices",
    )
    poster = models.ForeignKey(
        "labs.VoicePoster", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    theme = models.ForeignKey(
        "cohorts.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    state = models.CharField(max_length=12, choices=State, default=State.CHECKING)
    version = models.PositiveIntegerField(default=1)
    told_on = models.DateField("told on")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    check_words = models.CharField("what the check found", max_length=1000, blank=True)
    sent_on = models.DateField("sent on to the leader on", null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    receipt_hash = models.CharField(max_length=64, unique=True)
    # What came by receipt is acted on at once, and told of at night: the hour would tell on who came.
    untold = models.CharField(max_length=10, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    search = models.GeneratedField(
        expression=SearchVector("words", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "voice"
        ordering = ["-told_on", "-id"]
        constraints = [
            one_of("way", ["carried", "direct"], name="voice_way_known"),
            one_of(
                "state",
                [
                    *("checking", "sent_back", "kept_out", "sent", "acknowledged"),
                    *("answered", "withdrawn"),
                ],
                name="voice_state_known",
            ),
            one_of("untold", ["", "confirmed", "denied", "withdrawn"], name="voice_untold_known"),
            models.CheckConstraint(
                name="voice_to_a_leader_or_a_board",
                condition=Q(leader__isnull=True, board__isnull=False)
                | Q(leader__isnull=False, board__isnull=True),
            ),
            models.CheckConstraint(
                name="voice_carried_or_direct",
                condition=Q(way="carried", carried_by__isnull=False, poster__isnull=True)
                | Q(way="direct", carried_by__isnull=True, poster__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_taken_back_has_no_words",
                condition=Q(state="withdrawn", words="", check_words="", withdrawn_on__isnull=False)
                | (~Q(state="withdrawn") & ~Q(words="") & Q(withdrawn_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="voice_on_its_way_was_checked",
                condition=~Q(state__in=["sent", "acknowledged", "answered"])
                | Q(sent_on__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_checked_by_another",
                condition=Q(checked_by__isnull=True)
                | Q(carried_by__isnull=True)
                | ~Q(checked_by=F("carried_by")),
            ),
            models.CheckConstraint(
                name="voice_sent_back_says_why",
                condition=~Q(state__in=["sent_back", "kept_out"]) | ~Q(check_words=""),
            ),
            models.CheckConstraint(name="voice_reminded_twice", condition=Q(reminders__lte=2)),
        ]
        indexes = [
            models.Index(fields=["told_on", "id"], name="voice_newest"),
            models.Index(fields=["state", "sent_on"], name="voice_waiting"),
            models.Index(fields=["carried_by", "told_on", "id"], name="voice_by_carrier"),
            GinIndex(fields=["search"], name="voice_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("labs:voice", args=[self.pk])

    @property
    def excerpt(self) -> str:
        """The first words, for lists and titles."""
        text = " ".join(self.words.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    @property
    def to_words(self) -> str:
        """Whom it is for: “Lee Whitaker, lead for homelessness”, or the board’s name."""
        return str(self.leader or self.board)

    @property
    def is_on_its_way(self) -> bool:
        return self.state in self.ON_ITS_WAY

    @property
    def acknowledge_by(self) -> date | None:
        return self.sent_on + ACKNOWLEDGED_IN if self.sent_on else None

    @property
    def answer_by(self) -> date | None:
        return self.sent_on + ANSWERED_IN if self.sent_on else None

    def lateness(self, today: date) -> str:
        """How it is late, in words; empty while it is in time. Worked out, never stored."""
        if self.sent_on is None or self.state not in (self.State.SENT, self.State.ACKNOWLEDGED):
            return ""
        if today > self.sent_on + ANSWERED_IN:
            return "No answer in 28 days"
        if self.state == self.State.SENT and today > self.sent_on + ACKNOWLEDGED_IN:
            return "No word in 7 days"
        return ""

    def withdraw(self, today: date) -> None:
        self.WITHDRAW.apply(self)
        self.words = self.check_words = ""
        self.withdrawn_on = today
