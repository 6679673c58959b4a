from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from systemschangers.kernel.constraints import not_blank


class LeaderQuerySet(models.QuerySet["Leader"]):
    def visible_to(self, person) -> LeaderQuerySet:
        """The directory is for everyone here."""
        return self.filter(retired_at=None) if person.is_authenticated else self.none()

    def for_list(self) -> LeaderQuerySet:
        return self.select_related("person", "organisation", "place").prefetch_related("themes")

    def with_room(self, day: date) -> LeaderQuerySet:
        """With `room`: how many more meetings they can give in the month of `day`, never below none.

        Meetings arranged, held and told of in that month count; those called off or missed do not."""
        from .leader_requests import LeaderRequest

        state = LeaderRequest.State
        first = timezone.make_aware(datetime(day.year, day.month, 1))  # noqa: DTZ001
        year, month = divmod(day.year * 12 + day.month, 12)
        next_month = timezone.make_aware(datetime(year, month + 1, 1))  # noqa: DTZ001
        given = (
            LeaderRequest.objects.filter(
                leader=OuterRef("pk"),
                meets_at__gte=first,
                meets_at__lt=next_month,
                state__in=[state.ARRANGED, state.HELD, state.FOLLOWED_UP, state.CLOSED],
            )
            .order_by()
            .values("leader")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(room=Greatest(F("meetings_a_month") - Coalesce(Subquery(given), 0), 0))


class Leader(models.Model):
    """Somebody who decides, and gives time to the frontline. May never have an account: then letters
    with signed links reach them at `email`."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leader",
    )
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    portfolio = models.CharField(max_length=160, help_text="As “lead for homelessness”.")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="leaders"
    )
    place = models.ForeignKey(
        "cohorts.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="leaders"
    )
    themes = models.ManyToManyField("cohorts.Theme", blank=True, related_name="leaders")
    meetings_a_month = models.PositiveSmallIntegerField("meetings a month they can give", default=2)
    welcome = models.TextField("what they would like to hear", max_length=1000, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LeaderQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            not_blank("name", name="leader_has_a_name"),
            not_blank("portfolio", name="leader_has_a_portfolio"),
            models.CheckConstraint(
                name="leader_gives_a_sane_number", condition=Q(meetings_a_month__lte=31)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.portfolio}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:leader", args=[self.pk])
