from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, person) -> CohortQuerySet:
        """Programme staff and administrators see all; everybody else the ones they are active in."""
        if person.is_staff or person.reach.is_programme_staff:
            return self
        return self.filter(pk__in=person.reach.cohorts)


class Cohort(models.Model):
    """A group of workers going through the programme together."""

    name = models.CharField(max_length=100)
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    applications_close_on = models.DateField(null=True, blank=True)

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


class Membership(models.Model):
    """A person in a cohort."""

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

    ACCEPT = Step({State.INVITED, State.APPLIED}, State.AWAITING_MANAGER)
    ACTIVATE = Step({State.AWAITING_MANAGER}, State.ACTIVE)
    PAUSE = Step({State.ACTIVE}, State.PAUSED)
    RESUME = Step({State.PAUSED}, State.ACTIVE)
    FINISH = Step({State.ACTIVE, State.PAUSED}, State.ALUMNI)
    WITHDRAW = Step(
        {State.INVITED, State.APPLIED, State.AWAITING_MANAGER, State.ACTIVE, State.PAUSED},
        State.WITHDRAWN,
    )
    ASK_AGAIN = Step({State.WITHDRAWN}, State.INVITED)

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
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.cohort}"
