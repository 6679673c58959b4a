from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .things import AboutAThing, about_one, seen_things

ROOTS = ("win", "practice", "meeting", "commitment", "experiment")


class RippleQuerySet(models.QuerySet["Ripple"]):
    def visible_to(self, person) -> RippleQuerySet:
        """Whoever sees what it began with. One that was taken back: who told it, and
        who took it back."""
        shown = Q(state=Ripple.State.SHOWN) | Q(told_by=person) | Q(taken_back_by=person)
        return self.filter(shown & seen_things(person, ROOTS))

    def of(self, root: str) -> RippleQuerySet:
        """The whole chain of a thing, by its key, taken back or not; in the order it was told."""
        return self.filter(root=root).order_by("pk")

    def shown(self) -> RippleQuerySet:
        return self.filter(state=Ripple.State.SHOWN)

    def for_chain(self) -> RippleQuerySet:
        return self.select_related("told_by", "seat__person")

    def for_list(self) -> RippleQuerySet:
        return self.select_related("told_by", "parent", "experiment__lab", *ROOTS).defer(
            "win__search", "practice__search"
        )

    def for_detail(self) -> RippleQuerySet:
        return self.for_list()


class Ripple(AboutAThing):
    """This led to that: one effect of a win, a practice, a meeting or a kept promise, or of an effect.

    After ripple effects mapping (Chazdon, Emery, Hansen, Higgins and Sero 2017, “A Field Guide to
    Ripple Effects Mapping”, University of Minnesota): people tell together what followed from what,
    wanted or not. `root` is the key of what the chain began with, the same all along it; `parent` is
    the effect it followed from, empty for what the beginning itself led to. A parent is always older
    than what it led to (`ripple_follows_what_was_there`), so that no chain can bite its tail."""

    KINDS = ROOTS

    class Meant(models.TextChoices):
        MEANT = "meant", "meant to happen"
        NOT_MEANT = "not_meant", "not meant to happen"

    class Worth(models.TextChoices):
        GOOD = "good", "good"
        BAD = "bad", "bad"

    class Lasting(models.TextChoices):
        GOING_ON = "going_on", "still going on"
        STOPPED = "stopped", "stopped"

    class Change(models.TextChoices):
        TRANSACTIONAL = "transactional", "transactional: somebody got something done"
        TRANSITIONAL = "transitional", "transitional: we work better in the way we have"
        TRANSFORMATIONAL = "transformational", "transformational: there is a new way"

    class State(models.TextChoices):
        SHOWN = "shown", "shown"
        TAKEN_BACK = "taken_back", "taken back"

    TAKE_BACK = Step({State.SHOWN}, State.TAKEN_BACK)
    PUT_BACK = Step({State.TAKEN_BACK}, State.SHOWN)

    root = models.CharField(max_length=32)
    win = models.ForeignKey(
        "wins.Win", null=True, blank=True, on_delete=models.CASCADE, related_name="ripples"
    )
    practice = models.ForeignKey(
        "cohorts.Practice", null=True, blank=True, on_delete=models.CASCADE, related_name="ripples"
    )
    meeting = models.ForeignKey(
        "cohorts.PeerMeeting",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ripples",
    )
    commitment = models.ForeignKey(
        "cohorts.Commitment",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ripples",
    )
    experiment = models.ForeignKey(
        "labs.Experiment", null=True, blank=True, on_delete=models.CASCADE, related_name="ripples"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="led_to"
    )
    what = models.TextField("what it led to", max_length=1000)
    who = models.CharField("who did it, or felt it", max_length=200, blank=True)
    happened_on = models.DateField("when")
    meant = models.CharField(max_length=9, choices=Meant, blank=True)
    worth = models.CharField("good or bad", max_length=4, choices=Worth, blank=True)
    lasting = models.CharField("going on or stopped", max_length=8, choices=Lasting, blank=True)
    change = models.CharField("how deep a change", max_length=16, choices=Change, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ripples"
    )
    # Told in a lab: in which session of it, if in one, and from whose seat there.
    session = models.ForeignKey(
        "wins.RippleSession",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ripples",
    )
    seat = models.ForeignKey(
        "labs.LabMember", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = RippleQuerySet.as_manager()

    class Meta:
        verbose_name = "ripple"
        ordering = ["-told_at", "-id"]
        constraints = [
            not_blank("what", name="ripple_says_what"),
            about_one(ROOTS, name="ripple_begins_with_one_thing", key="root"),
            # With this no loop can be: along a chain the numbers only fall.
            models.CheckConstraint(
                name="ripple_follows_what_was_there", condition=Q(parent__lt=F("id"))
            ),
            # What a child's parent and root are checked against together: see the migration.
            models.UniqueConstraint(fields=["id", "root"], name="ripple_of_one_chain"),
            one_of("meant", ["", "meant", "not_meant"], name="ripple_meant_known"),
            one_of("worth", ["", "good", "bad"], name="ripple_worth_known"),
            one_of("lasting", ["", "going_on", "stopped"], name="ripple_lasting_known"),
            one_of(
                "change",
                ["", "transactional", "transitional", "transformational"],
                name="ripple_change_known",
            ),
            one_of("state", ["shown", "taken_back"], name="ripple_state_known"),
            both_or_neither("taken_back_at", "taken_back_by", name="ripple_taken_back_by_someone"),
            models.CheckConstraint(
                name="ripple_taken_back_at_a_time",
                condition=Q(state="shown", taken_back_at__isnull=True)
                | Q(state="taken_back", taken_back_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("root", "id", name="ripple_chain"),
            models.Index("told_at", "id", name="ripple_newest", condition=Q(state="shown")),
            models.Index("told_by", "told_at", "id", name="ripple_by_teller"),
        ]

    def __str__(self) -> str:
        return f"ripple {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('wins:ripples', args=[self.root])}#ripple-{self.pk}"

    @property
    def excerpt(self) -> str:
        """The first words, for lists and titles."""
        text = " ".join(self.what.split())
        return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN

    @property
    def told_in_a_lab(self) -> bool:
        return self.session_id is not None or self.experiment_id is not None

    @property
    def teller(self) -> str:
        """By whom, for everyone who sees it: somebody in a lab may be there under another name."""
        return "a member of a lab" if self.told_in_a_lab else self.told_by.name

    @property
    def told_of_it(self) -> list[str]:
        """What was said of it in a choice, in words: “good”, “still going on”."""
        change = self.get_change_display().partition(":")[0]
        said = (self.get_worth_display(), self.get_meant_display(), self.get_lasting_display())
        return [words for words in (*said, change) if words]

    def say(self, *, telling: dict[str, Any], at: datetime) -> None:
        """What an edit changes, besides its version."""
        for name, value in telling.items():
            setattr(self, name, value)
        self.edited_at = at

    def take_back(self, *, by: Any, at: datetime) -> None:
        self.TAKE_BACK.apply(self)
        self.taken_back_by, self.taken_back_at = by, at

    def put_back(self) -> None:
        self.PUT_BACK.apply(self)
        self.taken_back_by = self.taken_back_at = None
