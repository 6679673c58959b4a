from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class ManagerAgreementQuerySet(models.QuerySet["ManagerAgreement"]):
    def visible_to(self, person) -> ManagerAgreementQuerySet:
        """The worker, the manager, whoever deputises for the manager today, and the programme staff
        of a cohort the worker is in."""
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

    def for_list(self) -> ManagerAgreementQuerySet:
        return self.select_related("worker", "manager", "decided_by", "decided_for", "ended_by")

    def live(self) -> ManagerAgreementQuerySet:
        return self.exclude(state=ManagerAgreement.State.ENDED)

    def on_the_table(self) -> ManagerAgreementQuerySet:
        """Proposed, and not yet agreed or ended."""
        return self.filter(state__in=[ManagerAgreement.State.PROPOSED, ManagerAgreement.State.TALK])

    def agreed_for(self, person) -> ManagerAgreementQuerySet:
        """The agreement that stands for this worker today: what a membership needs to be active."""
        return self.filter(worker=person, state=ManagerAgreement.State.AGREED)

    def with_standing(self) -> ManagerAgreementQuerySet:
        """With `standing_hours`: hours a month of the worker's agreement that stands meanwhile."""
        standing = ManagerAgreement.objects.agreed_for(models.OuterRef("worker"))
        hours = standing.exclude(pk=models.OuterRef("pk")).order_by().values("hours_a_month")
        return self.annotate(standing_hours=models.Subquery(hours[:1]))

    def waiting_for(self, person, day: date) -> ManagerAgreementQuerySet:
        """Proposals this person decides on that day, as manager or as deputy; never their own."""
        from .deputyships import Deputyship

        away = Deputyship.objects.filter(deputy=person).on(day).values("person")
        waiting = self.filter(state=ManagerAgreement.State.PROPOSED).exclude(worker=person)
        return waiting.filter(Q(manager=person) | Q(manager__in=away))


class ManagerAgreement(models.Model):
    """What a worker and her manager agree: hours a month for systems change, how the work is covered
    meanwhile, what the team gets back, and when they look at it again. It never lapses silently: past
    its review date it stays agreed, and both are asked until they renew or end it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "waiting for the manager"
        TALK = "talk", "needs talking through"
        AGREED = "agreed", "agreed"
        ENDED = "ended", "ended"

    AGREE = Step({State.PROPOSED, State.TALK}, State.AGREED)
    TALK_THROUGH = Step({State.PROPOSED}, State.TALK)
    PROPOSE_AGAIN = Step({State.TALK}, State.PROPOSED)
    END = Step({State.PROPOSED, State.TALK, State.AGREED}, State.ENDED)

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agreements"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agreements_managed"
    )
    hours_a_month = models.PositiveSmallIntegerField(
        "hours a month", validators=[MinValueValidator(1), MaxValueValidator(80)]
    )
    cover = models.TextField("how the work is covered", max_length=1000)
    gives_back = models.TextField("what the team gets back", max_length=1000)
    review_on = models.DateField("until when")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose decision it was when a deputy took it.
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField("the manager’s words", max_length=1000, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    renewal_asked_at = models.DateTimeField(null=True, blank=True)

    objects = ManagerAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "agreement"
        ordering = ["-proposed_at", "-id"]
        constraints = [
            not_blank("cover", name="agreement_says_how_covered"),
            not_blank("gives_back", name="agreement_says_what_comes_back"),
            models.CheckConstraint(
                name="agreement_hours_in_reason", condition=Q(hours_a_month__range=(1, 80))
            ),
            models.CheckConstraint(
                name="agreement_of_two_people", condition=~Q(worker=models.F("manager"))
            ),
            both_or_neither("decided_at", "decided_by", name="agreement_decided_by_someone"),
            both_or_neither("ended_at", "ended_by", name="agreement_ended_by_someone"),
            models.CheckConstraint(
                name="agreement_nobody_decides_their_own",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("worker")),
            ),
            models.CheckConstraint(
                name="agreement_decided_in_words",
                condition=(Q(state="proposed", decided_at__isnull=True))
                | (Q(state="talk", decided_at__isnull=False) & ~Q(words=""))
                | Q(state="agreed", decided_at__isnull=False)
                | Q(state="ended"),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_a_time",
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="agreement_deputy_decides_for_another",
                condition=Q(decided_for__isnull=True) | ~Q(decided_for=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="agreement_agreed_has_a_time",
                condition=Q(state="agreed", agreed_at__isnull=False)
                | Q(state__in=["proposed", "talk"], agreed_at__isnull=True)
                | Q(state="ended"),
            ),
            one_of("state", ["proposed", "talk", "agreed", "ended"], name="agreement_state_known"),
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state="agreed"), name="agreement_one_agreed"
            ),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state__in=["proposed", "talk"]),
                name="agreement_one_on_the_table",
                violation_error_message="There is already a proposal waiting. Change that one.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["manager", "proposed_at"],
                name="agreement_waiting",
                condition=Q(state="proposed"),
            ),
            models.Index(
                fields=["review_on"], name="agreement_to_review", condition=Q(state="agreed")
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    @property
    def decider(self) -> str:
        """Who decided, in words; for a deputy both names."""
        if self.decided_for_id:
            return f"{self.decided_by}, deputy for {self.decided_for}"
        return str(self.decided_by)

    def agree(self, *, by, on_behalf_of=None, at: datetime, words: str) -> None:
        self.AGREE.apply(self)
        self._decided(by, on_behalf_of, at, words)
        self.agreed_at = at

    def talk_through(self, *, by, on_behalf_of=None, at: datetime, words: str) -> None:
        self.TALK_THROUGH.apply(self)
        self._decided(by, on_behalf_of, at, words)

    def _decided(self, by, on_behalf_of, at: datetime, words: str) -> None:
        self.decided_by, self.decided_for, self.decided_at = by, on_behalf_of, at
        self.words = words

    def propose_again(self, *, at: datetime) -> None:
        self.PROPOSE_AGAIN.apply(self)
        self._decided(None, None, None, "")  # type: ignore[arg-type]
        self.proposed_at = at

    def end(self, *, by, at: datetime) -> None:
        self.END.apply(self)
        self.ended_by, self.ended_at = by, at

    def is_past_review(self, today: date) -> bool:
        return self.state == self.State.AGREED and self.review_on < today
