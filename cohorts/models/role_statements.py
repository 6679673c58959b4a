from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .conditions import Condition


class RoleStatementQuerySet(models.QuerySet["RoleStatement"]):
    def visible_to(self, person) -> RoleStatementQuerySet:
        """The worker; and, once it is proposed, the manager, whoever deputises today, and the programme
        staff of a cohort the worker is in."""
        from .cohorts import Membership
        from .deputyships import Deputyship

        others = Q(manager=person) | Q(manager__in=Deputyship.objects.stood_in_for(person))
        reach = person.reach
        if reach.run_cohorts:
            members = Membership.objects.filter(cohort__in=reach.run_cohorts)
            others |= Q(worker__in=members.values("person"))
        return self.filter(Q(worker=person) | others & Q(proposed_at__isnull=False))

    def for_list(self) -> RoleStatementQuerySet:
        return self.select_related("worker", "manager", "decided_by", "decided_for")

    def for_detail(self) -> RoleStatementQuerySet:
        """With its lines and their clauses: two queries."""
        lines = RoleLine.objects.select_related("clause")
        return self.for_list().prefetch_related(models.Prefetch("lines", queryset=lines))

    def waiting_for(self, person, day: date) -> RoleStatementQuerySet:
        """Proposals this person decides on that day, as manager or as deputy; never their own."""
        from .deputyships import Deputyship

        away = Deputyship.objects.filter(deputy=person).on(day).values("person")
        waiting = self.filter(state=RoleStatement.State.PROPOSED).exclude(worker=person)
        return waiting.filter(Q(manager=person) | Q(manager__in=away))

    def in_the_making(self) -> RoleStatementQuerySet:
        state = RoleStatement.State
        return self.filter(state__in=[state.DRAFT, state.PROPOSED, state.TALK])


class RoleStatement(models.Model):
    """What of changing the system belongs to a role: clauses of the library in words that fit the job,
    agreed by the worker and the manager. An agreed one is not changed: a new version is, and once that
    is agreed the old one is kept, to be compared."""

    class Kind(models.TextChoices):
        ROLE = "role", "a statement of my role"
        JOB = "job", "a section for a job description"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PROPOSED = "proposed", "waiting for the manager"
        TALK = "talk", "needs talking through"
        AGREED = "agreed", "agreed"
        REPLACED = "replaced", "replaced by a newer version"

    PROPOSE = Step({State.DRAFT, State.TALK}, State.PROPOSED)
    TAKE_BACK = Step({State.PROPOSED}, State.DRAFT)
    TALK_THROUGH = Step({State.PROPOSED}, State.TALK)
    AGREE = Step({State.PROPOSED, State.TALK}, State.AGREED)
    REPLACE = Step({State.AGREED}, State.REPLACED)
    EDITABLE = (State.DRAFT, State.TALK)

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_statements"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_statements_managed",
    )
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.ROLE)
    job_title = models.CharField("job title", max_length=120)
    purpose = models.TextField("what the job is for", max_length=1000, blank=True)
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    # Counts changes of the words, so that nobody agrees to words they have not read.
    edition = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose decision it was when a deputy took it.
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("the manager’s words", max_length=1000, blank=True)

    objects = RoleStatementQuerySet.as_manager()

    class Meta:
        verbose_name = "role statement"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("job_title", name="role_statement_has_a_title"),
            one_of("kind", ["role", "job"], name="role_statement_kind_known"),
            one_of(
                "state",
                ["draft", "proposed", "talk", "agreed", "replaced"],
                name="role_statement_state_known",
            ),
            models.CheckConstraint(
                name="role_statement_of_two_people", condition=~Q(worker=models.F("manager"))
            ),
            models.CheckConstraint(
                name="role_statement_proposed_to_someone",
                condition=Q(state="draft") | Q(manager__isnull=False, proposed_at__isnull=False),
            ),
            both_or_neither("decided_at", "decided_by", name="role_statement_decided_by_someone"),
            models.CheckConstraint(
                name="role_statement_nobody_decides_their_own",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("worker")),
            ),
            models.CheckConstraint(
                name="role_statement_deputy_decides_for_another",
                condition=Q(decided_for__isnull=True) | ~Q(decided_for=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="role_statement_decided_in_words",
                condition=Q(state__in=["draft", "proposed"], decided_at__isnull=True)
                | (Q(state="talk", decided_at__isnull=False) & ~Q(answer=""))
                | Q(state__in=["agreed", "replaced"], decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["series", "version"], name="role_statement_version_once"
            ),
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(state__in=["draft", "proposed", "talk"]),
                name="role_statement_one_in_the_making",
                violation_error_message="There is a newer version in the making. Go on with that one.",
            ),
            models.UniqueConstraint(
                fields=["series"], condition=Q(state="agreed"), name="role_statement_one_agreed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["manager", "proposed_at"],
                name="role_statement_waiting",
                condition=Q(state="proposed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_title}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:role_statement", args=[self.pk])

    @property
    def missing(self) -> list[Condition]:
        """The conditions no line of it serves. Comes with its lines and their clauses."""
        served = {line.clause.condition for line in self.lines.all()}
        return [one for one in Condition if one.value not in served]

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def may_be_adopted(self) -> bool:
        """Whether an employer can have put it into a job description as it stands."""
        return self.kind == self.Kind.JOB and self.state == self.State.AGREED

    @property
    def decider(self) -> str:
        """Who decided, in words; for a deputy both names."""
        if self.decided_for_id:
            return f"{self.decided_by}, deputy for {self.decided_for}"
        return str(self.decided_by)

    def not_written_down_at(self, employer) -> models.QuerySet[RoleLine]:
        """The lines whose clause that employer is not known to have put into that job."""
        from .clause_adoptions import ClauseAdoption

        known = ClauseAdoption.objects.filter(
            organisation=employer, job_title__iexact=self.job_title
        )
        return self.lines.exclude(clause__in=known.order_by().values("clause"))

    def propose(self, *, manager, at: datetime) -> None:
        self.PROPOSE.apply(self)
        self._decided(None, None, None, "")
        self.manager, self.proposed_at = manager, at

    def take_back(self) -> None:
        self.TAKE_BACK.apply(self)
        self.proposed_at = None

    def agree(self, *, by, on_behalf_of, at: datetime, words: str) -> None:
        self.AGREE.apply(self)
        self._decided(by, on_behalf_of, at, words)

    def talk_through(self, *, by, on_behalf_of, at: datetime, words: str) -> None:
        self.TALK_THROUGH.apply(self)
        self._decided(by, on_behalf_of, at, words)

    def replace(self) -> None:
        self.REPLACE.apply(self)

    def _decided(self, by, on_behalf_of, at: datetime | None, words: str) -> None:
        self.decided_by, self.decided_for, self.decided_at = by, on_behalf_of, at
        self.answer = words


class RoleLine(models.Model):
    """One clause in a statement, in the words that fit this job."""

    statement = models.ForeignKey(RoleStatement, on_delete=models.CASCADE, related_name="lines")
    clause = models.ForeignKey("cohorts.RoleClause", on_delete=models.PROTECT, related_name="lines")
    words = models.TextField("words of this role", max_length=600)

    class Meta:
        ordering = ["clause__condition", "clause_id"]
        constraints = [
            not_blank("words", name="role_line_has_words"),
            models.UniqueConstraint(fields=["statement", "clause"], name="role_line_clause_once"),
        ]

    def __str__(self) -> str:
        return self.words
