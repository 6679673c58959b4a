from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import one_of


class RoleCheckInQuerySet(models.QuerySet["RoleCheckIn"]):
    def visible_to(self, person) -> RoleCheckInQuerySet:
        """One's own, and nobody else's: others see figures, of groups of five or more."""
        return self.filter(membership__person=person)

    def for_detail(self) -> RoleCheckInQuerySet:
        return self.select_related("membership__person", "membership__cohort")

    def waiting(self, at: datetime) -> RoleCheckInQuerySet:
        """Asked and not answered, as long as an answer is still of that time."""
        return self.filter(answered_at=None, asked_at__gt=at - RoleCheckIn.OPEN_FOR)


class RoleCheckIn(models.Model):
    """Asked of everybody who joined a cohort, at entry and 6, 12 and 24 months after: where are you now,
    where do you think you will be, and what made you stay or go. Each question may be left unsaid."""

    OPEN_FOR = timedelta(days=60)

    class Moment(models.IntegerChoices):
        ENTRY = 0, "when you joined"
        SIX = 6, "six months on"
        TWELVE = 12, "a year on"
        TWENTY_FOUR = 24, "two years on"

    class Where(models.TextChoices):
        SAME = "same", "in the same frontline job"
        ELSEWHERE = "elsewhere", "in another frontline job"
        INFLUENCING = "influencing", "no longer on the frontline, still trying to change things"
        LEFT = "left", "no longer in this line of work"
        UNSAID = "unsaid", "I would rather not say"

    class InAYear(models.TextChoices):
        STAYING = "staying", "on the frontline"
        UNSURE = "unsure", "I don’t know yet"
        GOING = "going", "somewhere else"
        UNSAID = "unsaid", "I would rather not say"

    ON_THE_FRONTLINE = (Where.SAME, Where.ELSEWHERE)

    membership = models.ForeignKey(
        "cohorts.Membership", on_delete=models.CASCADE, related_name="check_ins"
    )
    moment = models.PositiveSmallIntegerField(choices=Moment)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField("where you are now", max_length=12, choices=Where, blank=True)
    in_a_year = models.CharField(
        "where you will be in a year", max_length=12, choices=InAYear, blank=True
    )
    words = models.TextField("what made you stay or go", max_length=1000, blank=True)
    may_show = models.BooleanField("others may read these words, without my name", default=False)

    objects = RoleCheckInQuerySet.as_manager()

    class Meta:
        verbose_name = "check-in"
        ordering = ["membership", "moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "moment"], name="role_check_in_asked_once"
            ),
            one_of("moment", [0, 6, 12, 24], name="role_check_in_moment_known"),
            one_of(
                "where",
                ["", "same", "elsewhere", "influencing", "left", "unsaid"],
                name="role_check_in_where_known",
            ),
            one_of(
                "in_a_year",
                ["", "staying", "unsure", "going", "unsaid"],
                name="role_check_in_in_a_year_known",
            ),
            models.CheckConstraint(
                name="role_check_in_answered_says_where",
                condition=Q(answered_at__isnull=True, where="", in_a_year="", words="")
                | (Q(answered_at__isnull=False) & ~Q(where="") & ~Q(in_a_year="")),
            ),
            models.CheckConstraint(
                name="role_check_in_shows_only_words", condition=Q(may_show=False) | ~Q(words="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="role_check_in_unanswered",
                condition=Q(answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:role_check_in", args=[self.pk])

    def is_open(self, at: datetime) -> bool:
        """Whether it can be answered, or the answer changed."""
        return at < self.asked_at + self.OPEN_FOR

    def tell(self, *, where: str, in_a_year: str, words: str, may_show: bool, at: datetime) -> None:
        self.where, self.in_a_year, self.words = where, in_a_year, words
        self.may_show = may_show and bool(words)
        self.answered_at = at
