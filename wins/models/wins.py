from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step
from wins.pulse_words import SHORT_WORDS

from .win_queryset import WinQuerySet


def photo_name(win: Win, filename: str) -> str:
    """A random name: nothing of the original's, nothing that can be guessed."""
    return f"wins/{secrets.token_urlsafe(24)}.jpg"


class Win(models.Model):
    """A small win: what happened, what made it hard, what changed and for whom."""

    class Lens(models.TextChoices):
        ME = "me", "me and how I work"
        ORGANISATION = "organisation", "my organisation"
        SYSTEM = "system", "the wider system"

    class Depth(models.TextChoices):
        ONE_OFF = "one_off", "one-off help"
        FLEX = "flex", "flex: a rule bent kindly"
        AGREED = "agreed", "agreed practice"
        WRITTEN = "written", "written policy"
        SUSTAINED = "sustained", "goes on without me"

    class Visibility(models.TextChoices):
        ONLY_ME = "only_me", "only me"
        SERVICE = "service", "my service"
        COHORT = "cohort", "my cohort"
        EVERYONE = "everyone", "everyone here"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        LOGGED = "logged", "logged"
        TAKEN_BACK = "taken_back", "taken back"
        SET_ASIDE = "set_aside", "set aside"

    LOG = Step({State.DRAFT}, State.LOGGED)
    TAKE_BACK = Step({State.LOGGED}, State.TAKEN_BACK)
    PUT_BACK = Step({State.TAKEN_BACK}, State.LOGGED)
    SET_ASIDE = Step({State.LOGGED}, State.SET_ASIDE)
    RESTORE = Step({State.SET_ASIDE}, State.LOGGED)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wins"
    )
    service = models.ForeignKey(
        "cohorts.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="wins"
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="wins"
    )
    what_happened = models.TextField(max_length=4000)
    made_hard = models.TextField("what made it hard", max_length=4000, blank=True)
    what_changed = models.TextField("what changed, and for whom", max_length=4000, blank=True)
    lens = models.CharField(max_length=12, choices=Lens, blank=True)
    depth = models.CharField("how deep it went", max_length=12, choices=Depth, blank=True)
    # Which of the thirteen conditions it rests on, by number.
    condition = models.PositiveSmallIntegerField(
        "what made it possible", choices=list(SHORT_WORDS.items()), null=True, blank=True
    )
    themes = models.ManyToManyField("cohorts.Theme", blank=True, related_name="wins")
    visibility = models.CharField("seen by", max_length=10, choices=Visibility)
    happened_on = models.DateField("when", null=True, blank=True)
    photo = models.FileField(upload_to=photo_name, blank=True)
    photo_width = models.PositiveIntegerField(null=True, blank=True)
    photo_height = models.PositiveIntegerField(null=True, blank=True)
    photo_alt = models.CharField("what the photo shows", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    logged_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Moved by everything a card shows (edits, appreciations, comments, names): the card cache's key.
    touched_at = models.DateTimeField()
    search = models.GeneratedField(
        expression=SearchVector("what_happened", weight="A", config="english")
        + SearchVector("what_changed", weight="B", config="english")
        + SearchVector("made_hard", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WinQuerySet.as_manager()

    class Meta:
        verbose_name = "small win"
        ordering = ["-logged_at", "-id"]
        constraints = [
            not_blank("what_happened", name="win_says_what_happened"),
            models.CheckConstraint(
                name="win_logged_has_a_time",
                condition=Q(state="draft", logged_at__isnull=True)
                | (~Q(state="draft") & Q(logged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="win_for_a_service_names_it",
                condition=~Q(visibility="service") | Q(service__isnull=False),
            ),
            models.CheckConstraint(
                name="win_for_a_cohort_names_it",
                condition=~Q(visibility="cohort") | Q(cohort__isnull=False),
            ),
            models.CheckConstraint(
                name="win_photo_has_its_size",
                condition=Q(photo="", photo_width__isnull=True, photo_height__isnull=True)
                | (~Q(photo="") & Q(photo_width__isnull=False, photo_height__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["photo"], condition=~Q(photo=""), name="win_photo_is_its_own"
            ),
            one_of("lens", ["", "me", "organisation", "system"], name="win_lens_known"),
            one_of(
                "depth",
                ["", "one_off", "flex", "agreed", "written", "sustained"],
                name="win_depth_known",
            ),
            models.CheckConstraint(
                name="win_condition_known",
                condition=Q(condition__isnull=True) | Q(condition__in=list(SHORT_WORDS)),
            ),
            one_of(
                "visibility",
                ["only_me", "service", "cohort", "everyone"],
                name="win_visibility_known",
            ),
            one_of("state", ["draft", "logged", "taken_back", "set_aside"], name="win_state_known"),
        ]
        indexes = [
            models.Index("logged_at", "id", name="win_newest", condition=Q(state="logged")),
            models.Index("author", "logged_at", "id", name="win_by_author"),
            models.Index("service", "logged_at", "id", name="win_by_service"),
            models.Index("cohort", "logged_at", "id", name="win_by_cohort"),
            GinIndex(fields=["search"], name="win_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"small win {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wins:win", args=[self.pk])

    @property
    def in_full(self) -> str:
        return self.what_happened

    @property
    def excerpt(self) -> str:
        """The first words, for lists and titles."""
        text = " ".join(self.what_happened.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    @property
    def depth_step(self) -> int:
        """How deep it went as a step from 1 to 5; 0 when nobody said."""
        return [*self.Depth.values].index(self.depth) + 1 if self.depth else 0

    @property
    def seen_by_words(self) -> str:
        """Who sees it, for those who are among them. Needs service and cohort where it is for one."""
        if self.visibility == self.Visibility.SERVICE and self.service:
            return f"Seen by people in {self.service.name}"
        if self.visibility == self.Visibility.COHORT and self.cohort:
            return f"Seen by people in the cohort {self.cohort.name}"
        return (
            "Seen by everyone here"
            if self.visibility == self.Visibility.EVERYONE
            else "Only you see it"
        )

    def log(self, at: datetime) -> None:
        self.LOG.apply(self)
        self.logged_at = self.touched_at = at

    def take_back(self, at: datetime) -> None:
        """Nobody but its author sees it any more. Undone by put_back."""
        self.TAKE_BACK.apply(self)
        self.touched_at = at

    def put_back(self, at: datetime) -> None:
        """To the wall again, in its old place: after taking it back, or after it was set aside."""
        step = self.RESTORE if self.state == self.State.SET_ASIDE else self.PUT_BACK
        step.apply(self)
        self.touched_at = at

    def edit(self, at: datetime) -> None:
        """What an edit always moves; the words are the caller's."""
        self.version += 1
        self.edited_at = self.touched_at = at
