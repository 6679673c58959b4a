from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from systemschangers.kernel.constraints import one_of
from systemschangers.kernel.lifecycle import Step

from .barrier_answers import BarrierAnswers, answer_rules
from .barrier_queryset import BarrierQuerySet

FOUR_WEEKS = timedelta(weeks=4)


class Barrier(BarrierAnswers):
    """Something that gets in the way of the work, and where it stands.

    Its label (`state`) says what is being done about it; its kind (open, closed, fixed) follows from
    that and is never set by hand. Nothing in the row tells the hour: `shown_on` is the day it came on
    the board, which for an anonymous one is the day of its batch (see labs.actions.held_barriers)."""

    class Way(models.TextChoices):
        NAMED = "named", "with my name"
        HIDDEN = "hidden", "hidden from my organisation"
        ANONYMOUS = "anonymous", "anonymous"

    class State(models.TextChoices):
        RAISED = "raised", "raised"
        LOOKING = "looking", "being looked at"
        PROMISED = "promised", "change promised"
        IN_LAB = "in_lab", "picked up by a lab"
        CHANGED = "changed", "changed, not yet confirmed"
        CANNOT = "cannot", "can’t be changed"
        DUPLICATE = "duplicate", "same as another"
        SET_ASIDE = "set_aside", "set aside"
        FIXED = "fixed", "fixed"

    OPEN = (State.RAISED, State.LOOKING, State.PROMISED, State.IN_LAB, State.CHANGED)
    CLOSED = (State.CANNOT, State.DUPLICATE, State.SET_ASIDE)
    KINDS = {"open": "Open", "closed": "Closed", "fixed": "Fixed"}

    LOOK = Step({State.RAISED, State.CANNOT}, State.LOOKING)
    PROMISE = Step(
        {State.RAISED, State.LOOKING, State.PROMISED, State.IN_LAB, State.CANNOT}, State.PROMISED
    )
    SAY_CANNOT = Step({State.RAISED, State.LOOKING, State.PROMISED, State.IN_LAB}, State.CANNOT)
    SAY_CHANGED = Step(
        {State.RAISED, State.LOOKING, State.PROMISED, State.IN_LAB, State.CANNOT}, State.CHANGED
    )
    CONFIRM = Step({State.CHANGED}, State.FIXED)
    REOPEN = Step({State.CHANGED, State.FIXED}, State.RAISED)
    PICK_UP = Step({State.RAISED, State.LOOKING, State.CANNOT}, State.IN_LAB)
    PUT_DOWN = Step({State.IN_LAB}, State.RAISED)
    MERGE = Step({State.RAISED, State.LOOKING}, State.DUPLICATE)
    UNMERGE = Step({State.DUPLICATE}, State.RAISED)
    UNMERGE_TO_LOOKING = Step({State.DUPLICATE}, State.LOOKING)
    PUT_ASIDE = Step({State.RAISED, State.LOOKING}, State.SET_ASIDE)
    PUT_BACK = Step({State.SET_ASIDE}, State.RAISED)

    way = models.CharField("how it was raised", max_length=10, choices=Way)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="barriers",
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="barriers"
    )
    hidden_from = models.ManyToManyField("cohorts.Organisation", blank=True, related_name="+")
    shown_on = models.DateField("on the board since")
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    kind = models.GeneratedField(
        expression=Case(
            When(state="fixed", then=Value("fixed")),
            When(state__in=["cannot", "duplicate", "set_aside"], then=Value("closed")),
            default=Value("open"),
        ),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField("promised by", null=True, blank=True)
    changed_on = models.DateField("said to be changed on", null=True, blank=True)
    asked_on = models.DateField("asked whether it is fixed on", null=True, blank=True)
    reminded_on = models.DateField("holder reminded on", null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    before_merge = models.CharField(max_length=10, blank=True)
    # What came by receipt, kept until the next batch: the hour somebody came back tells on them too.
    receipt_says = models.CharField(max_length=10, blank=True)
    receipt_words = models.CharField(max_length=1000, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("what", weight="A", config="english")
        + SearchVector("who_feels", "rule_cited", "power", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "barrier"
        ordering = ["-shown_on", "-id"]
        constraints = [
            *answer_rules("barrier"),
            one_of("way", ["named", "hidden", "anonymous"], name="barrier_way_known"),
            one_of(
                "state",
                [
                    *("raised", "looking", "promised", "in_lab", "changed"),
                    *("cannot", "duplicate", "set_aside", "fixed"),
                ],
                name="barrier_state_known",
            ),
            models.CheckConstraint(
                name="barrier_anonymous_names_nobody",
                condition=Q(
                    way="anonymous",
                    raised_by__isnull=True,
                    service__isnull=True,
                    receipt_hash__isnull=False,
                )
                | (
                    ~Q(way="anonymous")
                    & Q(raised_by__isnull=False, receipt_hash__isnull=True, receipt_says="")
                ),
            ),
            models.CheckConstraint(
                name="barrier_promise_has_a_day",
                condition=Q(state="promised", due_on__isnull=False) | ~Q(state="promised"),
            ),
            models.CheckConstraint(
                name="barrier_changed_has_a_day",
                condition=Q(state__in=["changed", "fixed"], changed_on__isnull=False)
                | ~Q(state__in=["changed", "fixed"]),
            ),
            models.CheckConstraint(
                name="barrier_fixed_only_once_asked",
                condition=Q(state="fixed", asked_on__isnull=False) | ~Q(state="fixed"),
            ),
            models.CheckConstraint(
                name="barrier_asked_after_four_weeks",
                condition=Q(asked_on__isnull=True)
                | Q(changed_on__isnull=False, asked_on__gte=F("changed_on") + FOUR_WEEKS),
            ),
            models.CheckConstraint(
                name="barrier_duplicate_of_another",
                condition=(
                    Q(state="duplicate", duplicate_of__isnull=False)
                    & ~Q(duplicate_of=F("id"))
                    & Q(before_merge__in=["raised", "looking"])
                )
                | (~Q(state="duplicate") & Q(duplicate_of__isnull=True, before_merge="")),
            ),
            one_of("receipt_says", ["", "fixed", "not_fixed"], name="barrier_receipt_says_known"),
        ]
        indexes = [
            models.Index(fields=["kind", "shown_on", "id"], name="barrier_newest"),
            models.Index(fields=["theme", "kind", "shown_on", "id"], name="barrier_by_theme"),
            models.Index(fields=["raised_by", "shown_on", "id"], name="barrier_by_raiser"),
            models.Index(
                fields=["changed_on"], name="barrier_to_ask", condition=Q(state="changed")
            ),
            models.Index(fields=["due_on"], name="barrier_due", condition=Q(state="promised")),
            GinIndex(fields=["search"], name="barrier_search", fastupdate=False),
        ]

    def get_absolute_url(self) -> str:
        return reverse("labs:barrier", args=[self.pk])

    @property
    def in_full(self) -> str:
        return self.what

    @property
    def excerpt(self) -> str:
        """The first words, for lists and titles."""
        text = " ".join(self.what.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    @property
    def kind_words(self) -> str:
        kind = "fixed" if self.state == self.State.FIXED else "open"
        return self.KINDS["closed" if self.state in self.CLOSED else kind]

    def is_late(self, today: date) -> bool:
        return self.state == self.State.PROMISED and bool(self.due_on and self.due_on < today)

    def look(self) -> None:
        self._leave()
        self.LOOK.apply(self)

    def promise(self, due_on: date) -> None:
        self.PROMISE.apply(self)
        self.due_on, self.reminded_on = due_on, None

    def say_cannot(self) -> None:
        self._leave()
        self.SAY_CANNOT.apply(self)

    def say_changed(self, today: date) -> None:
        """Not yet fixed: that is for whoever raised it to say, once four weeks have passed."""
        self._leave()
        self.SAY_CHANGED.apply(self)
        self.changed_on, self.asked_on = today, None

    def confirm(self) -> None:
        self.CONFIRM.apply(self)

    def reopen(self) -> None:
        self.REOPEN.apply(self)
        self.changed_on = self.asked_on = None

    def pick_up(self) -> None:
        self.PICK_UP.apply(self)

    def put_down(self) -> None:
        self.PUT_DOWN.apply(self)

    def merge(self, into: Barrier) -> None:
        before = self.state
        self.MERGE.apply(self)
        self.duplicate_of, self.before_merge = into, before

    def unmerge(self) -> None:
        """Back to where it stood."""
        looked_at = self.before_merge == self.State.LOOKING
        (self.UNMERGE_TO_LOOKING if looked_at else self.UNMERGE).apply(self)
        self.duplicate_of, self.before_merge = None, ""

    def set_aside(self) -> None:
        self.PUT_ASIDE.apply(self)

    def put_back(self) -> None:
        self.PUT_BACK.apply(self)

    def _leave(self) -> None:
        """A promise ends with its state."""
        self.due_on = self.reminded_on = None
