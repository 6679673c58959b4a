from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .cohorts import Membership  # noqa: F401


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, person) -> MembershipQuerySet:
        """One's own, and those of the cohorts one runs; programme staff see all. Administrators set
        cohorts up and put people in them, and don't read what people wrote to get in."""
        reach = person.reach
        if reach.is_programme_staff:
            return self
        return self.filter(Q(person=person) | Q(cohort__in=reach.run_cohorts))

    def for_list(self) -> MembershipQuerySet:
        return self.select_related("person", "cohort")

    def for_detail(self) -> MembershipQuerySet:
        return self.select_related(
            "person", "cohort__place", "asked_by", "looked_by", "answered_by"
        )

    def resting_on(self, agreement) -> MembershipQuerySet:
        """The active places that wait for a manager again once this agreement ends."""
        if agreement.state != "agreed":
            return self.none()
        return self.filter(person=agreement.worker_id, state="active", role="participant")

    def on_the_way(self) -> MembershipQuerySet:
        """Everyone whose place is not at an end."""
        return self.exclude(state__in=["alumni", "withdrawn"])
