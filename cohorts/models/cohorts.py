from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .memberships import MembershipQuerySet


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, person) -> CohortQuerySet:
        """Programme staff and administrators see all; everybody else the ones they are active in."""
        if person.is_staff or person.reach.is_programme_staff:
            return self
        return self.filter(pk__in=person.reach.cohorts)

    def announced_to(self, person) -> CohortQuerySet:
        """Whose front page the person may read: opened for applications to everyone here, also when
        they have closed since; and those the person is asked into or was in."""
        own = Membership.objects.filter(person=person).values("cohort")
        opened = models.Q(applications_close_on__isnull=False)
        announced: CohortQuerySet = self.filter(opened | models.Q(pk__in=own))
        return announced | self.visible_to(person)  # type: ignore[operator,return-value]

    def open_for_applications(self, today: date) -> CohortQuerySet:
        return self.filter(applications_close_on__gte=today)


class Cohort(models.Model):
    """A group of workers going through the programme together."""

    name = models.CharField(max_length=100)
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    applications_close_on = models.DateField(null=True, blank=True)
    about = models.TextField("what it is", max_length=2000, blank=True)
    asks = models.TextField("what it asks of you", max_length=2000, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            not_blank("name", name="cohort_has_a_name"),
            models.UniqueConstraint(
                Lower("name"),
                name="cohort_named_once",
                violation_error_message="A cohort of that name is already here.",
            ),
            models.CheckConstraint(
                name="cohort_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                violation_error_message="The cohort can’t end before it starts.",
            ),
            models.CheckConstraint(
                name="cohort_applications_close_before_it_ends",
                condition=models.Q(applications_close_on__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(applications_close_on__lte=models.F("ends")),
                violation_error_message="Applications can’t close after the cohort has ended.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, today: date) -> bool:
        """Whether people can apply on that day, the last one included."""
        return self.applications_close_on is not None and today <= self.applications_close_on


class Membership(models.Model):
    """A person's place in a cohort, from being asked or asking to having been through it.

    A participant is active only while an agreement with a manager stands: PostgreSQL refuses
    anything else when the transaction ends (migration 0006b)."""

    class Role(models.TextChoices):
        PARTICIPANT = "participant", "participant"
        LEARNING_PARTNER = "learning_partner", "learning partner"
        FACILITATOR = "facilitator", "facilitator"

    class State(models.TextChoices):
        INVITED = "invited", "invited"
        APPLIED = "applied", "applied"
        AWAITING_MANAGER = "awaiting_manager", "awaiting manager"
        ACTIVE = "active", "active"
        PAUSED = "paused", "paused"
        ALUMNI = "alumni", "alumni"
        WITHDRAWN = "withdrawn", "withdrawn"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.PARTICIPANT)
    state = models.CharField(max_length=20, choices=State, default=State.INVITED)
    joined_at = models.DateTimeField()
    why = models.TextField("why I want to take part", max_length=2000, blank=True)
    learning_partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    state_at = models.DateTimeField("in this state since", db_default=Now())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # An application may be changed until somebody has opened it.
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("words to the applicant", max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    SAY_YES = Step({State.INVITED}, State.AWAITING_MANAGER)
    APPLY = Step({State.WITHDRAWN}, State.APPLIED)
    ACCEPT = Step({State.APPLIED}, State.AWAITING_MANAGER)
    TURN_DOWN = Step({State.APPLIED}, State.WITHDRAWN)
    ACTIVATE = Step({State.AWAITING_MANAGER}, State.ACTIVE)
    LOSE_AGREEMENT = Step({State.ACTIVE}, State.AWAITING_MANAGER)
    PAUSE = Step({State.ACTIVE}, State.PAUSED)
    RESUME = Step({State.PAUSED}, State.ACTIVE)
    FINISH = Step({State.AWAITING_MANAGER, State.ACTIVE, State.PAUSED}, State.ALUMNI)
    WITHDRAW = Step(
        {State.INVITED, State.APPLIED, State.AWAITING_MANAGER, State.ACTIVE, State.PAUSED},
        State.WITHDRAWN,
    )
    ASK_AGAIN = Step({State.WITHDRAWN}, State.INVITED)
    ADD = Step(
        {State.INVITED, State.APPLIED, State.PAUSED, State.ALUMNI, State.WITHDRAWN},
        State.AWAITING_MANAGER,
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="membership_once_a_cohort",
                violation_error_message="They are already in that cohort.",
            ),
            one_of(
                "state",
                [
                    "invited",
                    "applied",
                    "awaiting_manager",
                    "active",
                    "paused",
                    "alumni",
                    "withdrawn",
                ],
                name="membership_state_known",
            ),
            both_or_neither("looked_at", "looked_by", name="membership_looked_at_by_someone"),
            both_or_neither("answered_at", "answered_by", name="membership_answered_by_someone"),
            models.CheckConstraint(
                name="membership_application_says_why",
                condition=~models.Q(state="applied") | ~models.Q(why=""),
                violation_error_message="An application says why.",
            ),
            one_of(
                "role",
                ["participant", "learning_partner", "facilitator"],
                name="membership_role_known",
            ),
            models.CheckConstraint(
                name="membership_partner_is_somebody_else",
                condition=~models.Q(learning_partner=models.F("person")),
                violation_error_message="Nobody is their own learning partner.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cohort"],
                name="membership_active",
                condition=models.Q(state="active"),
            ),
            models.Index(fields=["cohort", "state", "state_at", "id"], name="membership_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:membership", args=[self.pk])

    def clean(self) -> None:
        """For setting up, where a row is changed as it stands."""
        from .manager_agreements import ManagerAgreement

        takes_part = self.state == self.State.ACTIVE and self.role == self.Role.PARTICIPANT
        if takes_part and not ManagerAgreement.objects.agreed_for(self.person_id).exists():
            raise ValidationError(
                "A participant is active only with a manager’s agreement. "
                "Choose “awaiting manager”: it becomes active when the manager agrees."
            )

    @property
    def is_participant(self) -> bool:
        return self.role == self.Role.PARTICIPANT

    @property
    def was_turned_down(self) -> bool:
        """An application that staff said no to; somebody who withdrew was not."""
        return self.state == self.State.WITHDRAWN and self.answered_at is not None

    def take(self, step: Step, *, at: datetime) -> None:
        """Raises WrongState in words. The caller holds the row's lock and saves."""
        step.apply(self)
        self.state_at = at

    def ask(self, *, by, at: datetime) -> None:
        """Asked again: what was said of an earlier application no longer counts."""
        self.take(self.ASK_AGAIN, at=at)
        self.asked_by = by
        self._forget_answer()

    def apply(self, *, why: str, at: datetime) -> None:
        self.take(self.APPLY, at=at)
        self.why = why
        self._forget_answer()

    def turn_down(self, *, by, at: datetime, words: str) -> None:
        self.take(self.TURN_DOWN, at=at)
        self.answer, self.answered_at, self.answered_by = words, at, by

    def _forget_answer(self) -> None:
        self.looked_at = self.looked_by = self.answered_at = self.answered_by = None
        self.answer = ""
