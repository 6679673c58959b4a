"""Why these people, in words: for a letter, and for the page of a match."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cohorts.matching import Someone
from cohorts.models import Person, Theme

MOST_THEMES = 3


def listed(names: Iterable[str]) -> str:
    """“Ana, Noor and Zed”."""
    *first, last = list(names)
    return f"{', '.join(first)} and {last}" if first else last


def theme_names(people: Iterable[Someone]) -> dict[int, str]:
    wanted = set().union(*(one.themes for one in people))
    return dict(Theme.objects.filter(pk__in=wanted).values_list("pk", "name"))


def why_these(people: Collection[Someone], names: dict[int, str]) -> str:
    """What brings them together: where they work, and which themes all of them share."""
    people = list(people)
    apart = [one.organisations for one in people]
    one_organisation = any(
        apart[i] & apart[j] for i in range(len(apart)) for j in range(i + 1, len(apart))
    )
    where = "services" if one_organisation else "organisations"
    shared = frozenset.intersection(*(one.themes for one in people))
    themes = sorted(names[theme] for theme in shared if theme in names)[:MOST_THEMES]
    words = f"You work in different {where}"
    if themes:
        words += f", and the work of {'both' if len(people) == 2 else 'all'} of you is about {listed(themes)}"
    return f"{words}."


def at_work(person: Person) -> str:
    """“Outreach worker, Street Outreach, Eastmere Council”: wants `current_posts`."""
    return "; ".join(
        f"{post.title}, {post.service.name}, {post.service.organisation.name}"
        for post in person.current_posts  # type: ignore[attr-defined]
    )
