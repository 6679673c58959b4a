from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, person) -> OutcomeQuerySet:
        """A draft, and one that was taken back: its author. Else everyone here."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(
            Q(author=person) | (~Q(state=Outcome.State.DRAFT) & Q(taken_back_at=None))
        )

    def shown(self) -> OutcomeQuerySet:
        return self.exclude(state=Outcome.State.DRAFT).filter(taken_back_at=None)

    def for_list(self) -> OutcomeQuerySet:
        """With what was answered, as `answers`."""
        from .substantiations import Substantiation

        answered = Substantiation.objects.filter(answered_at__isnull=False)
        return self.select_related("author", "service__organisation").prefetch_related(
            models.Prefetch(
                "substantiations", answered.order_by("answered_at", "id"), to_attr="answers"
            )
        )

    def for_detail(self) -> OutcomeQuerySet:
        return self.select_related("author", "service__organisation").prefetch_related(
            "substantiations"
        )


class Outcome(models.Model):
    """Somebody does something differently, and what we had to do with it.

    After outcome harvesting (Wilson-Grau 2018, “Outcome Harvesting: Principles, Steps, and Evaluation
    Applications”, Information Age Publishing; Wilson-Grau and Britt 2012, “Outcome Harvesting”, Ford
    Foundation): an outcome is an observable change in the behaviour, relationships, actions, policies
    or practices of a social actor. It is drafted, formulated whole, and substantiated by people who
    know of it and did not write it. What they answer stays beside it, whatever it is."""

    class Kind(models.TextChoices):
        BEHAVIOUR = "behaviour", "behaviour: what they do by themselves"
        RELATIONSHIP = "relationship", "relationship: who they work with, and how"
        ACTION = "action", "action: something they did"
        POLICY = "policy", "policy: what they have written down"
        PRACTICE = "practice", "practice: how they do it every time"

    class Contribution(models.TextChoices):
        WITNESSED = "witnessed", "It would have come anyway. We saw it."
        HELPED = "helped", "It would have come anyway. With us it came sooner or went better."
        SHARED = "shared", "Several of us made it happen together. Each was needed."
        MAIN = "main", "Others helped. Without us it would hardly have come."
        DECISIVE = "decisive", "Without us it would not have come at all."

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        FORMULATED = "formulated", "formulated"
        SUBSTANTIATED = "substantiated", "substantiated"

    FORMULATE = Step({State.DRAFT}, State.FORMULATED)
    RETHINK = Step({State.FORMULATED}, State.DRAFT)
    SUBSTANTIATE = Step({State.FORMULATED, State.SUBSTANTIATED}, State.SUBSTANTIATED)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="outcomes"
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    actor = models.CharField("who changed", max_length=200)
    kind = models.CharField("what kind of change", max_length=12, choices=Kind, blank=True)
    what = models.TextField("what they do differently", max_length=2000)
    changed_on = models.DateField("when", null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    significance = models.TextField("why it matters", max_length=2000, blank=True)
    contribution = models.CharField(
        "how much of it was us", max_length=10, choices=Contribution, blank=True
    )
    how_we_helped = models.TextField("what we did", max_length=2000, blank=True)
    evidence = models.TextField("how we know", max_length=2000, blank=True)
    state = models.CharField(max_length=13, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    formulated_at = models.DateTimeField(null=True, blank=True)
    substantiated_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    WHOLE = (
        *("actor", "kind", "what", "changed_on", "where", "significance"),
        *("contribution", "how_we_helped", "evidence"),
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "outcome"
        ordering = ["-formulated_at", "-id"]
        constraints = [
            not_blank("actor", name="outcome_says_who"),
            not_blank("what", name="outcome_says_what"),
            one_of(
                "kind",
                ["", "behaviour", "relationship", "action", "policy", "practice"],
                name="outcome_kind_known",
            ),
            one_of(
                "contribution",
                ["", "witnessed", "helped", "shared", "main", "decisive"],
                name="outcome_contribution_known",
            ),
            one_of("state", ["draft", "formulated", "substantiated"], name="outcome_state_known"),
            models.CheckConstraint(
                name="outcome_formulated_is_whole",
                condition=Q(state="draft", formulated_at__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(formulated_at__isnull=False, changed_on__isnull=False)
                    & ~Q(kind="")
                    & ~Q(where="")
                    & ~Q(significance="")
                    & ~Q(contribution="")
                    & ~Q(how_we_helped="")
                    & ~Q(evidence="")
                ),
            ),
            models.CheckConstraint(
                name="outcome_substantiated_has_a_time",
                condition=Q(state="substantiated", substantiated_at__isnull=False)
                | (~Q(state="substantiated") & Q(substantiated_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="outcome_draft_is_not_taken_back",
                condition=~Q(state="draft") | Q(taken_back_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                "formulated_at",
                "id",
                name="outcome_newest",
                condition=~Q(state="draft") & Q(taken_back_at__isnull=True),
            ),
            models.Index("author", "made_at", "id", name="outcome_by_author"),
            models.Index("service", "formulated_at", name="outcome_by_service"),
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wins:outcome", args=[self.pk])

    @property
    def excerpt(self) -> str:
        """Who changed and what, in its first words."""
        text = " ".join(f"{self.actor}: {self.what}".split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def missing(self) -> list[str]:
        """What has to be said before it is whole, by the words of the form."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in self.WHOLE
            if not getattr(self, name)
        ]

    def formulate(self, at: datetime) -> None:
        self.FORMULATE.apply(self)
        self.formulated_at = at

    def rethink(self) -> None:
        """A draft again, so that its words can be changed."""
        self.RETHINK.apply(self)
        self.formulated_at = None

    def substantiate(self, at: datetime) -> None:
        self.SUBSTANTIATE.apply(self)
        self.substantiated_at = self.substantiated_at or at
