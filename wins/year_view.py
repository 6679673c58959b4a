"""A year of one's own wins, in words: what one kept doing, came back to, and was told. No figures,
nobody else to be measured against, and nobody else reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from cohorts.models import Person
from wins.models import Comment, ThankYou, Win

MOST_KIND_WORDS = 8
KEPT_DOING = {
    Win.Depth.ONE_OFF: "You helped where help was needed, even when it could only be this once.",
    Win.Depth.FLEX: "You found the flex: you bent rules kindly.",
    Win.Depth.AGREED: "You turned a good way of doing things into the way it is done.",
    Win.Depth.WRITTEN: "You got a good way of doing things into writing.",
    Win.Depth.SUSTAINED: "Some of what you began goes on without you.",
}
LOOKED_AT = {
    Win.Lens.ME: "You changed how you work yourself.",
    Win.Lens.ORGANISATION: "You moved something in your organisation.",
    Win.Lens.SYSTEM: "You moved something in the wider system.",
}


@dataclass(frozen=True, slots=True)
class KindWords:
    who: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Year:
    """`months` are those with wins in them, oldest first: their first day and the wins."""

    year: int
    months: list[tuple[date, list[Win]]]
    kept_doing: list[str]
    themes: list[str]
    helpers: list[str]
    kind_words: list[KindWords]


def years_of(person: Person) -> list[int]:
    """The years this person logged wins in, newest first."""
    moments = Win.objects.filter(author=person).exclude(logged_at=None)
    return [moment.year for moment in moments.datetimes("logged_at", "year", order="DESC")]


def year_of(person: Person, year: int) -> Year:
    """One year of a person's own wins, those only they see included. Five queries."""
    wins = list(
        Win.objects.logged()
        .filter(author=person, logged_at__year=year)
        .defer("search")
        .prefetch_related("themes", "helpers__person")
        .order_by("logged_at", "pk")
    )
    months = [
        (month, list(of_month))
        for month, of_month in groupby(
            wins, lambda win: timezone.localdate(win.logged_at).replace(day=1)
        )
    ]
    themes = Counter(theme.name for win in wins for theme in win.themes.all())
    helpers = dict.fromkeys(str(helper) for win in wins for helper in win.helpers.all())
    return Year(
        year=year,
        months=months,
        kept_doing=_kept_doing(wins),
        themes=sorted(name for name, times in themes.items() if times > 1) or sorted(themes),
        helpers=sorted(helpers),
        kind_words=_kind_words(person, year),
    )


def _kept_doing(wins: list[Win]) -> list[str]:
    depths, lenses = {win.depth for win in wins}, {win.lens for win in wins}
    said = [words for depth, words in KEPT_DOING.items() if depth in depths]
    return said + [words for lens, words in LOOKED_AT.items() if lens in lenses]


def _kind_words(person: Person, year: int) -> list[KindWords]:
    """Thanks somebody wrote, then what was said under one's wins; the newest of each."""
    thanks = ThankYou.objects.filter(receiver=person, made_at__year=year).select_related("giver")
    said = (
        Comment.objects.filter(win__author=person, win__state=Win.State.LOGGED)
        .filter(made_at__year=year, removed_at=None, hidden_at=None)
        .exclude(author=person)
        .select_related("author")
    )
    words = [
        KindWords(one.giver.name, one.words, one.made_at)
        for one in thanks.order_by("-made_at", "-pk")[:MOST_KIND_WORDS]
    ]
    words += [
        KindWords(one.author.name, one.words, one.made_at)
        for one in said.order_by("-made_at", "-pk")[: MOST_KIND_WORDS - len(words)]
    ]
    return words
