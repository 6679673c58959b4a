from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth

from cohorts.clock_words import hours_in_words, in_hours, slot_in_words
from systemschangers.kernel.constraints import both_or_neither, one_of
from systemschangers.kernel.lifecycle import Step


class TimeRange(models.Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class TimeRequestQuerySet(models.QuerySet["TimeRequest"]):
    def visible_to(self, person) -> TimeRequestQuerySet:
        """The worker, her manager, who deputises for him today, and her cohort's programme staff."""
        from .cohorts import Membership
        from .deputyships import Deputyship

        seen = (
            Q(worker=person)
            | Q(manager=person)
            | Q(manager__in=Deputyship.objects.stood_in_for(person))
        )
        reach = person.reach
        if reach.run_cohorts:
            seen |= Q(
                worker__in=Membership.objects.filter(cohort__in=reach.run_cohorts).values("person")
            )
        return self.filter(seen)

    def for_list(self) -> TimeRequestQuerySet:
        return self.select_related(
            "worker",
            "manager",
            "decided_by",
            "decided_for",
            "leader_request",
            "peer_place__meeting",
        )

    def waiting_for(self, person, day: date) -> TimeRequestQuerySet:
        """What this person decides on that day, as manager or as deputy; never their own."""
        from .deputyships import Deputyship

        away = Deputyship.objects.filter(deputy=person).on(day).values("person")
        waiting = self.filter(state=TimeRequest.State.REQUESTED).exclude(worker=person)
        return waiting.filter(Q(manager=person) | Q(manager__in=away))

    def first_of_series(self) -> TimeRequestQuerySet:
        """One row a series: its earliest slot that waits."""
        earlier = TimeRequest.objects.filter(
            series=models.OuterRef("series"),
            state=TimeRequest.State.REQUESTED,
            id__lt=models.OuterRef("id"),
        )
        return self.filter(Q(series=None) | ~models.Exists(earlier))

    def overlapping(self, worker, starts_at: datetime, ends_at: datetime) -> TimeRequestQuerySet:
        """Approved or taken time of the worker in that slot."""
        kept = [TimeRequest.State.APPROVED, TimeRequest.State.TAKEN]
        return self.filter(
            worker=worker, state__in=kept, starts_at__lt=ends_at, ends_at__gt=starts_at
        )

    def with_hours(self) -> TimeRequestQuerySet:
        """With `month_kept` (length of the worker's other approved and taken time in that month),
        `agreed_hours` (None without an agreement) and `also_away` (names of others of the same
        manager who have approved time then)."""
        from .manager_agreements import ManagerAgreement

        length = models.F("ends_at") - models.F("starts_at")
        kept = TimeRequest.objects.filter(
            state__in=[TimeRequest.State.APPROVED, TimeRequest.State.TAKEN]
        ).order_by()
        month = (
            kept.annotate(in_month=TruncMonth("starts_at"))
            .filter(worker=models.OuterRef("worker"), in_month=models.OuterRef("month"))
            .exclude(pk=models.OuterRef("pk"))
            .values("worker")
            .annotate(total=models.Sum(length))
            .values("total")
        )
        agreed = ManagerAgreement.objects.agreed_for(models.OuterRef("worker"))
        away = (
            kept.filter(
                manager=models.OuterRef("manager"),
                starts_at__lt=models.OuterRef("ends_at"),
                ends_at__gt=models.OuterRef("starts_at"),
            )
            .exclude(worker=models.OuterRef("worker"))
            .order_by("worker__name")
            .values("worker__name")[:4]
        )
        return self.annotate(month=TruncMonth("starts_at")).annotate(
            month_kept=models.Subquery(month, output_field=models.DurationField()),
            agreed_hours=models.Subquery(agreed.order_by().values("hours_a_month")[:1]),
            also_away=ArraySubquery(away),
        )


class TimeRequest(models.Model):
    """Protected time, asked for a purpose: one slot. A recurring slot is several with one `series`."""

    class Purpose(models.TextChoices):
        STAND_BACK = "stand_back", "stand back and think"
        LOOK_ACROSS = "look_across", "look across at other services"
        PEER_MEETING = "peer_meeting", "meet a worker of another service"
        LEADER_MEETING = "leader_meeting", "meet a leader"
        LAB = "lab", "a lab"
        VISIT = "visit", "a visit"

    class State(models.TextChoices):
        REQUESTED = "requested", "waiting for the manager"
        MORE_ASKED = "more_asked", "your manager asks for more"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        TAKEN = "taken", "taken"
        LOST = "lost", "lost to cover"

    class Ground(models.TextChoices):
        COVER = "cover", "no cover that day"
        BUSY = "busy", "too much on in that week"
        TRAINING = "training", "training or leave already booked"
        PURPOSE = "purpose", "the purpose is not clear yet"
        OTHER = "other", "something else"

    APPROVE = Step({State.REQUESTED, State.MORE_ASKED}, State.APPROVED)
    DECLINE = Step({State.REQUESTED, State.MORE_ASKED}, State.DECLINED)
    ASK_MORE = Step({State.REQUESTED}, State.MORE_ASKED)
    ANSWER = Step({State.MORE_ASKED}, State.REQUESTED)
    WITHDRAW = Step({State.REQUESTED, State.MORE_ASKED, State.APPROVED}, State.WITHDRAWN)
    TAKE = Step({State.APPROVED, State.LOST}, State.TAKEN)
    LOSE = Step({State.APPROVED, State.TAKEN}, State.LOST)

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="time_requests"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_requests_managed"
    )
    purpose = models.CharField("what the time is for", max_length=20, choices=Purpose)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cover = models.TextField("how the work is covered", max_length=1000, blank=True)
    note = models.TextField("what you want to do with it", max_length=1000, blank=True)
    series = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=State, default=State.REQUESTED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose decision it was when a deputy took it.
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    words = models.TextField("the manager’s words", max_length=1000, blank=True)
    answer = models.TextField("your answer", max_length=1000, blank=True)
    told_at = models.DateTimeField("taken or lost, said at", null=True, blank=True)

    objects = TimeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request for time"
        verbose_name_plural = "requests for time"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="time_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="The time has to end after it starts.",
            ),
            models.CheckConstraint(
                name="time_is_within_a_day",
                condition=Q(ends_at__lte=models.F("starts_at") + timedelta(hours=12)),
                violation_error_message="Ask for one day at a time, up to twelve hours.",
            ),
            both_or_neither("decided_at", "decided_by", name="time_decided_by_someone"),
            models.CheckConstraint(
                name="time_nobody_decides_their_own",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("worker")),
            ),
            models.CheckConstraint(
                name="time_deputy_decides_for_another",
                condition=Q(decided_for__isnull=True) | ~Q(decided_for=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="time_of_two_people", condition=~Q(worker=models.F("manager"))
            ),
            models.CheckConstraint(
                name="time_decision_stands_with_its_state",
                condition=Q(state="requested", decided_at__isnull=True, ground="")
                | (Q(state="more_asked", decided_at__isnull=False) & ~Q(words=""))
                | Q(state__in=["approved", "taken", "lost"], decided_at__isnull=False, ground="")
                | (Q(state="declined", decided_at__isnull=False) & ~Q(ground="") & ~Q(words=""))
                | Q(state="withdrawn"),
            ),
            one_of(
                "state",
                ["requested", "more_asked", "approved", "declined", "withdrawn", "taken", "lost"],
                name="time_state_known",
            ),
            one_of(
                "purpose",
                ["stand_back", "look_across", "peer_meeting", "leader_meeting", "lab", "visit"],
                name="time_purpose_known",
            ),
            one_of(
                "ground",
                ["", "cover", "busy", "training", "purpose", "other"],
                name="time_ground_known",
            ),
            ExclusionConstraint(
                name="time_approved_slots_never_overlap",
                expressions=[
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("worker", RangeOperators.EQUAL),
                ],
                condition=Q(state__in=["approved", "taken"]),
                violation_error_message="There is already approved time in that slot.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["manager", "asked_at", "id"],
                name="time_waiting",
                condition=Q(state="requested"),
            ),
            models.Index(fields=["worker", "starts_at"], name="time_by_worker"),
        ]

    def __str__(self) -> str:
        return f"request for time {self.pk}"

    @property
    def hours(self) -> Decimal:
        """Length in hours, to the quarter."""
        return in_hours(self.ends_at - self.starts_at)

    @property
    def hours_words(self) -> str:
        return hours_in_words(self.hours)

    @property
    def slot(self) -> str:
        """When, in the reader's time: “Tue 24 Nov, 2pm to 4:30pm”."""
        return slot_in_words(self.starts_at, self.ends_at)

    @property
    def decider(self) -> str:
        """Who decided, in words; for a deputy both names."""
        if self.decided_for_id:
            return f"{self.decided_by}, deputy for {self.decided_for}"
        return str(self.decided_by)

    def decide(
        self, step: Step, *, by, on_behalf_of=None, at: datetime, words: str, ground: str = ""
    ) -> None:
        """Approve, decline or ask for more: state, who, for whom, when and words change together."""
        step.apply(self)
        self.decided_by, self.decided_for, self.decided_at = by, on_behalf_of, at
        self.words, self.ground = words, ground

    def give_answer(self, *, answer: str, cover: str) -> None:
        """Answer what the manager asked; their question stays beside the answer."""
        self.ANSWER.apply(self)
        self.decided_by = self.decided_for = self.decided_at = None
        self.answer, self.cover = answer, cover

    def withdraw(self) -> None:
        self.WITHDRAW.apply(self)

    def tell(self, step: Step, *, at: datetime) -> None:
        """Taken, or lost to cover; one may correct the other."""
        step.apply(self)
        self.told_at = at
