from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from cohorts.models import Theme

if TYPE_CHECKING:
    from .wins import Win  # noqa: F401


class WinQuerySet(models.QuerySet["Win"]):
    def visible_to(self, person) -> WinQuerySet:
        """The one definition of who sees a win.

        One's own, always. Anybody else's only once logged, and then whom its visibility names.
        Programme staff also read a win somebody has told them they worry about, until answered."""
        if not person.is_authenticated:
            return self.none()
        reach = person.reach
        named = (
            Q(visibility=self.model.Visibility.EVERYONE)
            | Q(visibility=self.model.Visibility.SERVICE, service__in=reach.services)
            | Q(visibility=self.model.Visibility.COHORT, cohort__in=reach.cohorts)
        )
        seen = Q(author=person) | (Q(state=self.model.State.LOGGED) & named)
        if reach.is_programme_staff:
            from .worries import Worry

            worried = Worry.objects.filter(state=Worry.State.OPEN).exclude(
                win__visibility=self.model.Visibility.ONLY_ME
            )
            seen |= Q(state__in=[self.model.State.LOGGED, self.model.State.SET_ASIDE]) & Q(
                pk__in=worried.values("win")
            )
        return self.filter(seen)

    def visible_to_leader(self, leader) -> WinQuerySet:
        """What a leader may be shown by letter, with no account: what is for everyone here."""
        return self.logged().filter(visibility=self.model.Visibility.EVERYONE).defer("search")

    def logged(self) -> WinQuerySet:
        return self.filter(state=self.model.State.LOGGED)

    def for_card(self) -> WinQuerySet:
        """All that a card shows, for as many cards as you like, in one query.

        Of those who appreciated it, the first few names of each kind, never how many."""
        from .appreciations import Appreciation
        from .comments import Comment

        win = models.OuterRef("pk")
        counted = Comment.objects.filter(win=win, removed_at=None, hidden_at=None).order_by()
        named = Appreciation.objects.filter(win=win, person__left_at=None)
        return (
            self.select_related("author", "service__organisation")
            .defer("search", "what_changed")
            .annotate(
                theme_names=ArraySubquery(
                    Theme.objects.filter(wins=win).order_by("name").values("name")
                ),
                comment_count=models.functions.Coalesce(
                    models.Subquery(
                        counted.values("win").annotate(n=models.Count("*")).values("n")
                    ),
                    0,
                ),
                **{
                    f"{kind}_names": ArraySubquery(
                        named.filter(kind=kind).values("person__name")[: Appreciation.NAMED + 1]
                    )
                    for kind in Appreciation.Kind.values
                },
            )
        )

    def for_detail(self) -> WinQuerySet:
        return (
            self.select_related("author", "service__organisation", "service__place", "cohort")
            .defer("search")
            .prefetch_related("themes", "appreciations__person", "helpers__person", "measures")
        )


def _shown_comments() -> Coalesce:
    """How many comments a win shows, counted on its own so that the win's row is never grouped."""
    from .comments import Comment

    shown = Comment.objects.filter(win=models.OuterRef("pk"), removed_at=None, hidden_at=None)
    counted = shown.order_by().values("win").annotate(many=models.Count("pk")).values("many")
    return Coalesce(models.Subquery(counted), 0)
