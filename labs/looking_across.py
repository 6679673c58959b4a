"""What other services raised, and what labs tried, for the page that looks across."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from cohorts.looking_across import MOST, Across, Found, Look, looks_across
from labs.models import Barrier, Lab

NOT_ITS_OWN = (Barrier.State.DUPLICATE, Barrier.State.SET_ASIDE)


@looks_across(order=20)
def raised(look: Look) -> Across:
    """Of an anonymous barrier nobody knows the service, so it may be of one's own; nor whom to ask."""
    own = look.reader.reach.services
    barriers = (
        Barrier.objects.visible_to(look.reader)
        .filter(shown_on__gte=timezone.localdate(look.since))
        .exclude(state__in=NOT_ITS_OWN)
        .exclude(raised_by=look.reader)
        .filter(Q(service=None) | ~Q(service__in=own))
        .filter(Q(raised_by=None) | ~Q(raised_by__in=look.people_left_out))
    )
    if look.themes:
        barriers = barriers.filter(theme__in=look.themes)
    newest = barriers.select_related("raised_by", "service__organisation").defer("search")
    return Across(
        "raised",
        "What they raised",
        [_raised(one) for one in newest.order_by("-shown_on", "-id")[:MOST]],
    )


def _raised(barrier: Barrier) -> Found:
    unknown = barrier.way == Barrier.Way.ANONYMOUS
    return Found(
        words=barrier.excerpt,
        url=barrier.get_absolute_url(),
        person=barrier.raised_by,
        where=barrier.service,
        at=None if unknown else barrier.shown_on,
        said=f"Raised anonymously in {barrier.week_words}" if unknown else "",
    )


@looks_across(order=30)
def tried(look: Look) -> Across:
    """What labs that the reader is not in say they tried. A lab is about a question, not about themes."""
    mine = Lab.objects.inside_for(look.reader).values("pk")
    labs = (
        Lab.objects.visible_to(look.reader)
        .filter(published_at__gte=look.since)
        .exclude(pk__in=mine)
        .filter(Q(ask=None) | ~Q(ask__in=look.people_left_out))
    )
    return Across(
        "tried",
        "What they tried",
        [
            Found(
                words=lab.excerpt,
                url=lab.get_absolute_url(),
                person=lab.ask,
                where=None,
                at=lab.published_at,
                said=f"A lab in {lab.place}" if lab.place else "A lab",
            )
            for lab in labs.select_related("ask", "place").order_by("-published_at", "-id")[:MOST]
        ],
        none="No lab has published this month what it tried.",
    )
