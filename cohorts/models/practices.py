from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.text import Truncator

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, person) -> PracticeQuerySet:
        """Published: everyone here. Before and after: its owners; a draft only whoever writes it."""
        own = PracticeOwner.objects.filter(person=person).values("practice")
        return self.filter(
            Q(state=Practice.State.PUBLISHED)
            | Q(made_by=person, pk__in=own)
            | (Q(pk__in=own) & ~Q(state=Practice.State.DRAFT))
        )

    def published(self) -> PracticeQuerySet:
        return self.filter(state=Practice.State.PUBLISHED)

    def for_list(self) -> PracticeQuerySet:
        return self.select_related("service__organisation").prefetch_related("themes")

    def for_detail(self) -> PracticeQuerySet:
        return self.select_related("service__organisation", "ask", "meeting").prefetch_related(
            "themes"
        )


class Practice(models.Model):
    """Something worth borrowing: what a service does, when it works and when not, what it takes, and
    who to ask. It came of a meeting, and is published once all who met have agreed to its words."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        AWAITING = "awaiting", "waiting for agreement"
        PUBLISHED = "published", "published"
        TAKEN_BACK = "taken_back", "taken back"

    SEND = Step({State.DRAFT}, State.AWAITING)
    PUBLISH = Step({State.AWAITING}, State.PUBLISHED)
    TAKE_BACK = Step({State.AWAITING, State.PUBLISHED}, State.TAKEN_BACK)
    SEND_AGAIN = Step({State.TAKEN_BACK}, State.AWAITING)

    meeting = models.ForeignKey(
        "cohorts.PeerMeeting",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    service = models.ForeignKey(
        "cohorts.Service", on_delete=models.PROTECT, related_name="practices"
    )
    title = models.CharField("what it is, in a few words", max_length=120)
    what = models.TextField("what it is", max_length=3000)
    works_when = models.TextField("when it works", max_length=1500, blank=True)
    fails_when = models.TextField("when it doesn’t", max_length=1500, blank=True)
    takes = models.TextField("what it takes", max_length=1500, blank=True)
    ask = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices_asked_about",
        verbose_name="who to ask",
    )
    themes = models.ManyToManyField("cohorts.Theme", blank=True, related_name="practices")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practices_made"
    )
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    # Goes up with each change of its words: an edit of an older one overwrites nothing.
    version = models.PositiveIntegerField(default=1)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("what", weight="B", config="english")
        + SearchVector("works_when", "fails_when", "takes", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "practice"
        ordering = ["-published_at", "-id"]
        constraints = [
            not_blank("title", name="practice_has_a_title"),
            not_blank("what", name="practice_says_what"),
            one_of(
                "state",
                ["draft", "awaiting", "published", "taken_back"],
                name="practice_state_known",
            ),
            models.CheckConstraint(
                name="practice_published_has_a_time",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="practice_search", fastupdate=False),
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="practice_by_title"),
            models.Index(
                fields=["published_at", "id"],
                name="practice_newest",
                condition=Q(state="published"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:practice", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return Truncator(self.title).chars(90)

    def publish(self, *, at: datetime) -> None:
        self.PUBLISH.apply(self)
        self.published_at = self.published_at or at
        self.changed_at = at


class PracticeOwner(models.Model):
    """One of those who met: asked to agree before it is published, and may change it or take it back."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="owners")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practices_owned"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    # What they would like changed before they agree.
    words = models.TextField(max_length=1000, blank=True)
    words_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["practice", "id"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "person"], name="practice_owned_once"),
            models.CheckConstraint(
                name="practice_owner_agrees_or_asks",
                condition=Q(agreed_at__isnull=True) | Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"owner {self.pk}"
