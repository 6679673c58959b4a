from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from systemschangers.kernel.constraints import both_or_neither, not_blank, one_of
from systemschangers.kernel.lifecycle import Step


class LabQuerySet(models.QuerySet["Lab"]):
    def visible_to(self, person) -> LabQuerySet:
        """Its members; and once its summary is published, everyone here, who then read the summary
        alone. Who came by a code card sees the labs they are in and no other."""
        if not person.is_authenticated:
            return self.none()
        inside = Q(Exists(_seats(person)))
        return self.filter(
            inside if person.by_code_card else inside | Q(published_at__isnull=False)
        )

    def inside_for(self, person) -> LabQuerySet:
        """Those whose work `person` reads: the labs they are a member of today."""
        return self.filter(Exists(_seats(person)))

    def for_list(self) -> LabQuerySet:
        return self.select_related("place")

    def for_detail(self) -> LabQuerySet:
        return self.select_related("place", "published_by", "ask")


def _seats(person):
    from .lab_members import LabMember

    return LabMember.objects.filter(lab=OuterRef("pk"), person=person.pk, left_at=None)


class Lab(models.Model):
    """People who work on one question together: workers, service users and leaders, as equals."""

    class State(models.TextChoices):
        GOING = "going", "going on"
        ENDED = "ended", "ended"

    END = Step({State.GOING}, State.ENDED)
    GO_ON = Step({State.ENDED}, State.GOING)

    question = models.CharField("the question", max_length=300)
    about = models.TextField("what it is about", max_length=2000, blank=True)
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="labs"
    )
    state = models.CharField(max_length=5, choices=State, default=State.GOING)
    summary = models.TextField("summary", max_length=5000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Whom others may ask about what is published; with their own yes, since names stay with the members.
    ask = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="labs_to_ask_about",
    )
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = LabQuerySet.as_manager()

    class Meta:
        verbose_name = "lab"
        ordering = ["-made_at", "-id"]
        constraints = [
            not_blank("question", name="lab_asks_something"),
            one_of("state", ["going", "ended"], name="lab_state_known"),
            both_or_neither("published_at", "published_by", name="lab_published_by_someone"),
            models.CheckConstraint(
                name="lab_names_whom_to_ask_once_published",
                condition=Q(ask__isnull=True) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="lab_publishes_words",
                condition=Q(published_at__isnull=True) | ~Q(summary=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at", "id"],
                name="lab_published",
                condition=Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("labs:lab", args=[self.pk])

    @property
    def excerpt(self) -> str:
        return self.question if len(self.question) <= 90 else f"{self.question[:88]} …"

    @property
    def is_going(self) -> bool:
        return self.state == self.State.GOING

    def end(self) -> None:
        self.END.apply(self)

    def go_on(self) -> None:
        self.GO_ON.apply(self)
