from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from systemschangers.kernel.constraints import not_blank, one_of

SMALLEST, BIGGEST = 10**15, 2**53 - 1


def random_key() -> int:
    """A key that tells nothing of what came before or after. Long enough that logs leave it out."""
    return SMALLEST + secrets.randbelow(BIGGEST - SMALLEST)


def monday_of(day: date) -> date:
    """The week a day is in, as its Monday."""
    return day - timedelta(days=day.weekday())


class BarrierAnswers(models.Model):
    """What is asked of whoever raises a barrier: the same of a barrier on the board and of one that
    is held back until it can be shown without telling when it came."""

    class Reported(models.TextChoices):
        YES = "yes", "yes"
        NO = "no", "no"
        DOES_NOT_COUNT = "does_not_count", "it is, but it doesn’t count"
        NOT_SAID = "", "not said"

    class Rule(models.TextChoices):
        WRITTEN = "written", "a written rule"
        HABIT = "habit", "a local habit"
        NOBODY_KNOWS = "nobody_knows", "nobody knows"
        NOT_SAID = "", "not said"

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    what = models.TextField("what gets in the way", max_length=2000)
    who_feels = models.CharField("who feels it", max_length=300, blank=True)
    reported = models.CharField("reported anywhere", max_length=14, choices=Reported, blank=True)
    rule = models.CharField("rule or habit", max_length=12, choices=Rule, blank=True)
    rule_cited = models.CharField("which rule", max_length=500, blank=True)
    leader = models.ForeignKey(
        "cohorts.Leader", null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    power = models.CharField("who has the power to change it", max_length=300, blank=True)
    theme = models.ForeignKey(
        "cohorts.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    # Of an anonymous barrier all that is ever kept of the day it was raised: the Monday of its week.
    week = models.DateField("week it was raised in")
    receipt_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def power_words(self) -> str:
        """Who could change it: the leader named, and what was written beside."""
        named = f"{self.leader.name}, {self.leader.portfolio}" if self.leader else ""
        return "; ".join(words for words in (named, self.power) if words)

    @property
    def week_words(self) -> str:
        return f"the week of {self.week.day} {self.week:%B %Y}"


ANSWERS = ("what", "who_feels", "reported", "rule", "rule_cited", "leader", "power", "theme")
PLACES = ("place",)


def answers_of(thing: BarrierAnswers) -> dict:
    return {name: getattr(thing, name) for name in (*ANSWERS, *PLACES)}


def answer_rules(prefix: str) -> list[models.BaseConstraint]:
    """The constraints both tables have, named for each."""
    return [
        not_blank("what", name=f"{prefix}_says_what"),
        one_of("reported", ["yes", "no", "does_not_count", ""], name=f"{prefix}_reported_known"),
        one_of("rule", ["written", "habit", "nobody_knows", ""], name=f"{prefix}_rule_known"),
        models.CheckConstraint(
            name=f"{prefix}_only_a_rule_is_cited", condition=Q(rule_cited="") | Q(rule="written")
        ),
        models.CheckConstraint(
            name=f"{prefix}_week_begins_on_monday", condition=Q(week__iso_week_day=1)
        ),
    ]


def this_week(at) -> date:
    return monday_of(timezone.localdate(at))
