"""People somebody could meet, with the reason in words.

Of those who said they are open to meet: other organisations first, then other services of one's own; in each
those with most themes in common, named by themselves or seen in wins the reader may read. Who comes first
among equals changes from day to day, so that the same few are not asked again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Mod
from django.utils import timezone

from cohorts.match_reasons import listed
from cohorts.models import DoNotPair, PeerMeeting, PeerPlace, Person, Post, Theme
from wins.models import Win

LOOKED_AT, SHOWN = 200, 12
WINS_OF = timedelta(days=365)
MOST_THEMES = 3


@dataclass(frozen=True)
class Suggestion:
    person: Person
    why: str


def themes_of_reader(person: Person) -> dict[int, str]:
    """The themes somebody named, and those of the wins they logged, by number. One query."""
    own = Win.objects.filter(author=person, state=Win.State.LOGGED).exclude(
        visibility=Win.Visibility.ONLY_ME
    )
    mine = Q(people=person) | Q(pk__in=own.values("themes"))
    return dict(Theme.objects.filter(mine).distinct().values_list("pk", "name"))


def could_meet(reader: Person, now: datetime) -> list[Suggestion]:
    """A dozen at most; as many queries however many people are here."""
    themes = themes_of_reader(reader)
    people = list(_candidates(reader, themes, timezone.localdate(now)))
    won = _themes_of_wins(reader, people, themes, now)

    def rank(person: Person) -> tuple[bool, int]:
        named = {theme.pk for theme in person.themes.all()} & set(themes)
        return not person.elsewhere, -len(named | won[person.pk])  # type: ignore[attr-defined]

    people.sort(key=rank)
    return [Suggestion(person, _why(person, themes, won[person.pk])) for person in people[:SHOWN]]


def _candidates(reader: Person, themes: Collection[int], day: date) -> QuerySet[Person]:
    posts = Post.objects.current().filter(person=OuterRef("pk"))
    own = Post.objects.current().filter(person=reader).values("service__organisation")
    live = PeerMeeting.objects.filter(
        kind=PeerMeeting.Kind.ONE_TO_ONE,
        state__in=[
            PeerMeeting.State.INVITED,
            PeerMeeting.State.DATES_PROPOSED,
            PeerMeeting.State.ARRANGED,
        ],
        places__person=reader,
    )
    shared = (
        Person.themes.through.objects.filter(person=OuterRef("pk"), theme__in=list(themes))  # type: ignore[misc]
        .order_by()
        .values("person")
        .annotate(many=Count("pk"))
        .values("many")
    )
    turn = Mod(F("id") * Value(7919 + day.toordinal()), Value(9973))
    return (
        Person.objects.open_to_meet()
        .exclude(pk=reader.pk)
        .exclude(pk__in=DoNotPair.objects.kept_apart_from(reader))
        .exclude(pk__in=PeerPlace.objects.filter(meeting__in=live).values("person"))
        .filter(~Exists(posts.filter(service__in=reader.reach.services)))
        .annotate(
            elsewhere=~Exists(posts.filter(service__organisation__in=own)),
            shared=Coalesce(Subquery(shared), 0),
        )
        .order_by("-elsewhere", "-shared", turn, "id")
        .for_list()
        .prefetch_related(Prefetch("themes", queryset=Theme.objects.order_by("name")))
    )[:LOOKED_AT]


def _themes_of_wins(
    reader: Person, people: list[Person], themes: Collection[int], now: datetime
) -> dict[int, set[int]]:
    """Of the reader's themes those each of them logged a win on, that the reader may read."""
    found: dict[int, set[int]] = defaultdict(set)
    wins = Win.objects.visible_to(reader).filter(
        author__in=[person.pk for person in people],
        state=Win.State.LOGGED,
        logged_at__gte=now - WINS_OF,
        themes__in=list(themes),
    )
    for author, theme in wins.order_by().values_list("author", "themes").distinct():
        if theme in themes:
            found[author].add(theme)
    return found


def _why(person: Person, themes: dict[int, str], won: set[int]) -> str:
    where = "another organisation" if person.elsewhere else "another service of your organisation"  # type: ignore[attr-defined]
    named = [theme.name for theme in person.themes.all() if theme.pk in themes]
    words = f"In {where}"
    if named:
        words += f"; also works on {listed(named[:MOST_THEMES])}"
    only_won = sorted(themes[theme] for theme in won if themes[theme] not in named)
    if only_won:
        words += f"; also logged wins on {listed(only_won[:MOST_THEMES])}"
    return f"{words}."
