"""Who sees which barriers, and what a page needs of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cohorts.models import Organisation, Post

if TYPE_CHECKING:
    from .barriers import Barrier  # noqa: F401 (named in the base class)


class BarrierQuerySet(models.QuerySet["Barrier"]):
    def visible_to(self, person) -> BarrierQuerySet:
        """The one definition of who sees a barrier.

        One's own, always. Others' as everyone here, but one that is hidden from an organisation only
        who is known to work in others: not whoever has no post, nor whoever works where the raiser
        works by now. What was set aside only programme staff, under the same rule."""
        if not person.is_authenticated:
            return self.none()
        reach = person.reach
        open_to = ~Q(way="hidden")
        if reach.services:
            open_to |= Q(~Exists(self._from_within(person)))
        seen = open_to if reach.is_programme_staff else open_to & ~Q(state="set_aside")
        return self.filter(seen | Q(raised_by=person))

    def visible_to_leader(self, leader) -> BarrierQuerySet:
        """What a leader may be shown by letter, with no account: nothing hidden from their organisation."""
        hidden = self.model.hidden_from.through.objects.filter(
            barrier=OuterRef("pk"), organisation=leader.organisation_id
        )
        works_there = Post.objects.current().filter(
            person=OuterRef("raised_by"), service__organisation=leader.organisation_id
        )
        in_its_own = Q(way="hidden") & (Exists(hidden) | Exists(works_there))
        return self.exclude(in_its_own).exclude(state="set_aside").defer("search", "kind")

    def for_list(self) -> BarrierQuerySet:
        """With all that a card shows, `services` (in how many somebody said “same here”) among it."""
        from .same_heres import SameHere

        here = SameHere.objects.filter(removed_at=None, barrier=OuterRef("pk")).order_by()
        services = here.values("barrier").annotate(many=Count("service", distinct=True))
        return (
            self.select_related("theme", "place", "leader", "raised_by", "service__organisation")
            .defer("search", "kind")
            .annotate(services=Coalesce(Subquery(services.values("many")), 0))
        )

    def for_detail(self) -> BarrierQuerySet:
        return self.select_related(
            "theme", "place", "leader__person", "raised_by", "service__organisation", "duplicate_of"
        ).defer("search", "kind", "duplicate_of__search", "duplicate_of__kind")

    def standing(self) -> BarrierQuerySet:
        """What stands for itself: not merged into another, not set aside."""
        return self.exclude(state__in=["duplicate", "set_aside"])

    def _from_within(self, person) -> BarrierQuerySet:
        """The barriers hidden from where `person` works, or leads: as an EXISTS on the barrier outside."""
        theirs = Organisation.objects.filter(
            Q(services__in=person.reach.services) | Q(leaders__person=person)
        ).values("pk")
        hidden = self.model.hidden_from.through.objects.filter(organisation__in=theirs).values(
            "barrier"
        )
        colleagues = (
            Post.objects.current()
            .filter(service__organisation__in=theirs)
            .order_by()
            .values("person")
        )
        within = Q(pk__in=hidden) | Q(raised_by__in=colleagues)
        return self.model.objects.filter(within, pk=OuterRef("pk"), way="hidden")
