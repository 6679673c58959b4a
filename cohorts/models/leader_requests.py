from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

REACHED = [
    *("awaiting_leader", "leader_asks", "declined_by_leader", "dates_offered"),
    *("arranged", "held", "did_not_happen", "followed_up", "closed"),
]


class LeaderRequestQuerySet(models.QuerySet["LeaderRequest"]):
    def visible_to(self, person) -> LeaderRequestQuerySet:
        """A draft: its worker alone. Then the worker, the manager and his deputy; the leader asked and
        her deputy, once it has reached her; and programme staff of a cohort the worker is in, or any
        of them for a worker in none."""
        from .cohorts import Membership
        from .deputyships import Deputyship

        stood_in_for = Deputyship.objects.stood_in_for(person)
        seen = Q(manager=person) | Q(manager__in=stood_in_for)
        reached = Q(reached_leader_at__isnull=False)
        seen |= reached & (Q(leader__person=person) | Q(leader__person__in=stood_in_for))
        reach = person.reach
        if reach.run_cohorts:
            seen |= Q(
                worker__in=Membership.objects.filter(cohort__in=reach.run_cohorts).values("person")
            )
        if reach.is_programme_staff:
            seen |= ~Q(worker__in=Membership.objects.values("person"))
        return self.filter(Q(worker=person) | (~Q(state=LeaderRequest.State.DRAFT) & seen))

    def for_list(self) -> LeaderRequestQuerySet:
        return self.select_related("worker", "manager", "leader__organisation", "leader__person")

    def for_notices(self) -> LeaderRequestQuerySet:
        return self.for_list()

    def for_detail(self) -> LeaderRequestQuerySet:
        return self.for_list().select_related(
            "manager_decided_by", "second_look_by", "time_request"
        )


class LeaderRequest(models.Model):
    """A wish to meet a leader, carried in one record from its first sentence to "she kept her promise".

    Delayed and long overdue are computed from `waiting_since`, never stored."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        AWAITING_MANAGER = "awaiting_manager", "waiting for the manager"
        MANAGER_ASKS = "manager_asks", "the manager asks for more"
        DECLINED_BY_MANAGER = "declined_by_manager", "declined by the manager"
        SECOND_LOOK = "second_look", "programme staff take a second look"
        AWAITING_LEADER = "awaiting_leader", "waiting for the leader"
        LEADER_ASKS = "leader_asks", "the leader asks for more"
        DECLINED_BY_LEADER = "declined_by_leader", "declined by the leader"
        DATES_OFFERED = "dates_offered", "dates offered"
        ARRANGED = "arranged", "arranged"
        HELD = "held", "held"
        DID_NOT_HAPPEN = "did_not_happen", "did not happen"
        FOLLOWED_UP = "followed_up", "followed up"
        CLOSED = "closed", "closed"
        WITHDRAWN = "withdrawn", "withdrawn"

    _OPEN = {
        State.AWAITING_MANAGER,
        State.MANAGER_ASKS,
        State.SECOND_LOOK,
        State.AWAITING_LEADER,
        State.LEADER_ASKS,
        State.DATES_OFFERED,
        State.ARRANGED,
    }

    SEND = Step({State.DRAFT}, State.AWAITING_MANAGER)
    APPROVE = Step({State.AWAITING_MANAGER, State.MANAGER_ASKS}, State.AWAITING_LEADER)
    MANAGER_ASK = Step({State.AWAITING_MANAGER}, State.MANAGER_ASKS)
    ANSWER_MANAGER = Step({State.MANAGER_ASKS}, State.AWAITING_MANAGER)
    DECLINE_AS_MANAGER = Step(
        {State.AWAITING_MANAGER, State.MANAGER_ASKS}, State.DECLINED_BY_MANAGER
    )
    ASK_SECOND_LOOK = Step({State.DECLINED_BY_MANAGER}, State.SECOND_LOOK)
    APPROVE_ON_SECOND_LOOK = Step({State.SECOND_LOOK}, State.AWAITING_LEADER)
    UPHOLD_DECLINE = Step({State.SECOND_LOOK}, State.DECLINED_BY_MANAGER)
    LEADER_ASK = Step({State.AWAITING_LEADER}, State.LEADER_ASKS)
    ANSWER_LEADER = Step({State.LEADER_ASKS}, State.AWAITING_LEADER)
    OFFER_DATES = Step(
        {State.AWAITING_LEADER, State.LEADER_ASKS, State.DATES_OFFERED}, State.DATES_OFFERED
    )
    DECLINE_AS_LEADER = Step(
        {State.AWAITING_LEADER, State.LEADER_ASKS, State.DATES_OFFERED, State.ARRANGED},
        State.DECLINED_BY_LEADER,
    )
    POINT_TO_ANOTHER = Step(
        {State.AWAITING_LEADER, State.LEADER_ASKS, State.DATES_OFFERED}, State.AWAITING_LEADER
    )
    NO_DATE_FITS = Step({State.DATES_OFFERED}, State.AWAITING_LEADER)
    ARRANGE = Step({State.DATES_OFFERED}, State.ARRANGED)
    REARRANGE = Step({State.ARRANGED}, State.AWAITING_LEADER)
    HOLD = Step({State.ARRANGED, State.DID_NOT_HAPPEN}, State.HELD)
    MISS = Step({State.ARRANGED}, State.DID_NOT_HAPPEN)
    TRY_AGAIN = Step({State.DID_NOT_HAPPEN}, State.AWAITING_LEADER)
    FOLLOW_UP = Step({State.HELD}, State.FOLLOWED_UP)
    CLOSE = Step({State.FOLLOWED_UP}, State.CLOSED)
    WITHDRAW = Step(_OPEN | {State.DID_NOT_HAPPEN}, State.WITHDRAWN)

    class Ground(models.TextChoices):
        COVER = "cover", "no cover for that time"
        TIMING = "timing", "not the right moment"
        SOMEBODY_ELSE = "somebody_else", "somebody else should go"
        PURPOSE = "purpose", "the purpose is not clear yet"
        OTHER = "other", "something else"

    class Verdict(models.TextChoices):
        CHANGED = "changed", "something changed"
        HEARD = "heard", "I was heard, nothing changed yet"
        NOT_HEARD = "not_heard", "I was not heard"
        TOO_EARLY = "too_early", "too early to say"

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leader_requests"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leader_requests_managed"
    )
    leader = models.ForeignKey("cohorts.Leader", on_delete=models.PROTECT, related_name="requests")
    purpose = models.TextField("what the meeting is for", max_length=1000)
    seen = models.TextField("what I have seen from the frontline", max_length=2000, blank=True)
    question = models.TextField("the question I bring", max_length=1000, blank=True)
    speaks_for = models.TextField("whom I speak for", max_length=1000, blank=True)
    hours = models.DecimalField("hours, with travel", max_digits=4, decimal_places=2)
    wished_dates = models.CharField("days that suit", max_length=300, blank=True)
    cover = models.TextField("how the work is covered", max_length=1000, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    # Since when whoever has to act now has had it: what delays are counted from.
    waiting_since = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    manager_decided_at = models.DateTimeField(null=True, blank=True)
    manager_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=15, choices=Ground, blank=True)
    second_look_at = models.DateTimeField(null=True, blank=True)
    second_look_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When a leader was first asked: from then on the leader asked sees it.
    reached_leader_at = models.DateTimeField(null=True, blank=True)
    meets_at = models.DateTimeField(null=True, blank=True)
    meets_where = models.CharField(max_length=200, blank=True)
    # How often the meeting's place in calendars changed: iCalendar's SEQUENCE.
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    asked_whether_held_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField("what was said", max_length=4000, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verdict_words = models.TextField(max_length=1000, blank=True)
    time_request = models.OneToOneField(
        "cohorts.TimeRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leader_request",
    )

    objects = LeaderRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request to meet a leader"
        verbose_name_plural = "requests to meet leaders"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("purpose", name="leader_request_has_a_purpose"),
            both_or_neither(
                "manager_decided_at", "manager_decided_by", name="leader_request_decided_by_someone"
            ),
            models.CheckConstraint(
                name="leader_request_nobody_decides_their_own",
                condition=Q(manager_decided_by__isnull=True)
                | ~Q(manager_decided_by=models.F("worker")),
            ),
            both_or_neither(
                "second_look_at", "second_look_by", name="leader_request_second_look_by_someone"
            ),
            models.CheckConstraint(
                name="leader_request_nobody_looks_at_their_own",
                condition=Q(second_look_by__isnull=True) | ~Q(second_look_by=models.F("worker")),
            ),
            models.CheckConstraint(
                name="leader_request_asked_of_the_leader_first",
                condition=~Q(state__in=REACHED) | Q(reached_leader_at__isnull=False),
            ),
            models.CheckConstraint(
                name="leader_request_of_two_people", condition=~Q(worker=models.F("manager"))
            ),
            models.CheckConstraint(
                name="leader_request_reaches_the_leader_decided",
                condition=Q(state__in=["draft", "awaiting_manager", "manager_asks", "withdrawn"])
                | Q(manager_decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="leader_request_declined_with_a_ground",
                condition=~Q(state="declined_by_manager") | ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="leader_request_arranged_has_a_date",
                condition=~Q(
                    state__in=["arranged", "held", "followed_up", "closed", "did_not_happen"]
                )
                | Q(meets_at__isnull=False),
            ),
            models.CheckConstraint(
                name="leader_request_closed_with_a_verdict",
                condition=Q(state="closed") & ~Q(verdict="") | ~Q(state="closed"),
            ),
            models.CheckConstraint(
                name="leader_request_hours_in_reason", condition=Q(hours__gt=0, hours__lte=12)
            ),
            one_of(
                "state",
                [
                    "draft",
                    "awaiting_manager",
                    "manager_asks",
                    "declined_by_manager",
                    "second_look",
                    "awaiting_leader",
                    "leader_asks",
                    "declined_by_leader",
                    "dates_offered",
                    "arranged",
                    "held",
                    "did_not_happen",
                    "followed_up",
                    "closed",
                    "withdrawn",
                ],
                name="leader_request_state_known",
            ),
            one_of(
                "ground",
                ["", "cover", "timing", "somebody_else", "purpose", "other"],
                name="leader_request_ground_known",
            ),
            one_of(
                "verdict",
                ["", "changed", "heard", "not_heard", "too_early"],
                name="leader_request_verdict_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["manager", "waiting_since", "id"],
                name="leader_request_for_manager",
                condition=Q(state="awaiting_manager"),
            ),
            models.Index(
                fields=["leader", "waiting_since", "id"],
                name="leader_request_for_leader",
                condition=Q(state="awaiting_leader"),
            ),
            models.Index(
                fields=["state", "waiting_since"],
                name="leader_request_to_chase",
                condition=Q(escalated_at__isnull=True),
            ),
            models.Index(fields=["worker", "made_at"], name="leader_request_by_worker"),
        ]

    def __str__(self) -> str:
        return f"request to meet a leader {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:leader_request", args=[self.pk])

    @property
    def excerpt(self) -> str:
        """The beginning of what it is for, as links to it say it."""
        return Truncator(" ".join(self.purpose.split())).chars(90)

    def move(self, step: Step, *, at: datetime) -> None:
        """Take the step; whoever acts next has it from `at`, and its lateness starts anew."""
        step.apply(self)
        self.waiting_since, self.escalated_at = at, None
