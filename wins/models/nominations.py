from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from systemschangers.kernel.constraints import not_blank, one_of
from systemschangers.kernel.lifecycle import Step

from .panel_choices import PanelChoice
from .selection_rounds import PanelSeat, SelectionRound

# While what it tells of is shown to somebody: taken back or set aside, nobody else reads it here either.
STANDS = Q(win__state="logged") | Q(story__state="published")


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, person) -> NominationQuerySet:
        """Consent is asked anew whenever it is read.

        Who told it and who put it forward, always. With the teller's yes also the first panel, once it
        chooses; the second panel those that were sent up to it. Published, everyone here. Never when
        what it tells of was taken back meanwhile."""
        if not person.is_authenticated:
            return self.none()
        State = SelectionRound.State
        seats = PanelSeat.objects.filter(person=person, round=OuterRef("round"))
        sent_up = PanelChoice.objects.agreed(1).filter(nomination=OuterRef("pk"))
        chooses = [State.FIRST, State.SECOND, State.FINISHED]
        first = Q(Exists(seats.filter(level=1)), round__state__in=chooses)
        second = Q(Exists(seats.filter(level=2))) & Q(Exists(sent_up))
        second &= Q(round__state__in=chooses[1:])
        put_forward = Q(state__in=Nomination.PUT_FORWARD) & STANDS & (first | second)
        published = Q(state=Nomination.State.PUBLISHED) & STANDS & Q(teller__is_active=True)
        asker = Q(nominated_by=person) & STANDS
        return self.filter(Q(teller=person) | asker | put_forward | published)

    def put_forward(self) -> NominationQuerySet:
        return self.filter(state__in=Nomination.PUT_FORWARD)

    def standing(self) -> NominationQuerySet:
        """Put forward with consent, and what it tells of still there to be read."""
        return self.put_forward().filter(STANDS)

    def published(self) -> NominationQuerySet:
        return self.filter(STANDS, state=Nomination.State.PUBLISHED, teller__is_active=True)

    def chosen(self, level: int) -> NominationQuerySet:
        agreed = PanelChoice.objects.agreed(level).filter(nomination=OuterRef("pk"))
        return self.filter(Exists(agreed))

    def for_list(self) -> NominationQuerySet:
        return self.select_related(
            "round", "win__service__organisation", "story", "teller", "nominated_by"
        ).defer("win__search")

    def for_detail(self) -> NominationQuerySet:
        return self.for_list()


class Nomination(models.Model):
    """A win or a story put forward in a round, with why it matters to whoever puts it forward.

    Nobody but the two of them reads it before who told it has said yes. Publishing what was chosen is a
    yes of its own."""

    class State(models.TextChoices):
        ASKED = "asked", "waiting for a yes"
        STANDING = "standing", "put forward"
        DECLINED = "declined", "not put forward"
        TAKEN_OUT = "taken_out", "taken out"
        PUBLISHED = "published", "published"

    PUT_FORWARD = (State.STANDING, State.PUBLISHED)

    CONSENT = Step({State.ASKED}, State.STANDING)
    DECLINE = Step({State.ASKED}, State.DECLINED)
    TAKE_OUT = Step({State.ASKED, State.STANDING, State.PUBLISHED}, State.TAKEN_OUT)
    PUBLISH = Step({State.STANDING}, State.PUBLISHED)
    TAKE_DOWN = Step({State.PUBLISHED}, State.STANDING)

    round = models.ForeignKey(SelectionRound, on_delete=models.CASCADE, related_name="nominations")
    win = models.ForeignKey(
        "wins.Win", null=True, blank=True, on_delete=models.CASCADE, related_name="nominations"
    )
    story = models.ForeignKey(
        "wins.Story", null=True, blank=True, on_delete=models.CASCADE, related_name="nominations"
    )
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations"
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations_made"
    )
    why = models.TextField("why it matters to me", max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    made_at = models.DateTimeField()
    # The teller's yes to being put forward; and to being published, for as long as it holds.
    consented_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "nomination"
        ordering = ["made_at", "id"]
        constraints = [
            not_blank("why", name="nomination_says_why"),
            one_of(
                "state",
                ["asked", "standing", "declined", "taken_out", "published"],
                name="nomination_state_known",
            ),
            models.CheckConstraint(
                name="nomination_of_a_win_or_a_story",
                condition=Q(win__isnull=False, story__isnull=True)
                | Q(win__isnull=True, story__isnull=False),
            ),
            models.CheckConstraint(
                name="nomination_put_forward_with_consent",
                condition=Q(state__in=["asked", "declined", "taken_out"])
                | Q(consented_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nomination_published_at_a_time",
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
            ),
            *(
                models.UniqueConstraint(
                    fields=["round", what],
                    condition=~Q(state__in=["declined", "taken_out"]),
                    name=f"nomination_of_a_{what}_once_a_round",
                    violation_error_message="This has been put forward in this round already.",
                )
                for what in ("win", "story")
            ),
        ]
        indexes = [models.Index(fields=["teller", "state"], name="nomination_by_teller")]

    def __str__(self) -> str:
        return f"nomination {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wins:nomination", args=[self.pk])

    @property
    def thing(self):
        """The win or the story."""
        return self.win or self.story

    @property
    def excerpt(self) -> str:
        return self.thing.excerpt

    @property
    def noun(self) -> str:
        return "small win" if self.win_id else "story"

    @property
    def stands(self) -> bool:
        """Whether what it tells of is still there for others."""
        return self.thing.state in ("logged", "published")

    @property
    def of_their_own(self) -> bool:
        return self.teller_id == self.nominated_by_id

    def consent(self, *, at: datetime) -> None:
        self.CONSENT.apply(self)
        self.consented_at = at

    def publish(self, *, at: datetime) -> None:
        self.PUBLISH.apply(self)
        self.published_at = at

    def move(self, step: Step) -> None:
        """Take a step that ends its being published, if it was. The caller saves."""
        step.apply(self)
        self.published_at = None
