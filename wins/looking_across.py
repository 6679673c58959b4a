"""Small wins of other services, for the page that looks across."""

from __future__ import annotations

from django.urls import reverse

from cohorts.looking_across import MOST, Across, Found, Look, looks_across
from wins.models import Win


@looks_across(order=10)
def won(look: Look) -> Across:
    wins = (
        Win.objects.visible_to(look.reader)
        .logged()
        .filter(logged_at__gte=look.since)
        .exclude(author=look.reader)
        .exclude(service__in=look.reader.reach.services)
        .exclude(author__in=look.people_left_out)
    )
    if look.themes:
        wins = wins.filter(
            pk__in=Win.themes.through.objects.filter(theme__in=look.themes).values("win")
        )
    newest = wins.select_related("author", "service__organisation").defer("search")
    return Across(
        "won",
        "What they won",
        [
            Found(
                words=win.excerpt,
                url=reverse("wins:win", args=[win.pk]),
                person=win.author,
                where=win.service,
                at=win.logged_at,  # type: ignore[arg-type]
            )
            for win in newest.order_by("-logged_at", "-id")[:MOST]
        ],
    )
