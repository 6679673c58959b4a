"""What people's work is about: the themes they named themselves, and those a higher app knows of.

An app has a module `themes_of_people.py` (found by itself) with:

    from cohorts.themes_of_people import knows

    @knows
    def themes_of_wins(people) -> Iterable[tuple[int, int]]:
        '''Pairs of a person's number and a theme's.'''

What is known here is used to bring people together, and the reason is told to both and to staff. So
an app gives only what everybody here may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from django.utils.module_loading import autodiscover_modules

from cohorts.models import Person

Know = Callable[[Collection[int]], Iterable[tuple[int, int]]]
_known: list[Know] = []


def knows(function: Know) -> Know:
    _known.append(function)
    return function


def themes_of(people: Collection[int]) -> dict[int, set[int]]:
    """The themes of each of these people, by number. One query, and one for each app that knows more."""
    autodiscover_modules("themes_of_people")
    found: dict[int, set[int]] = defaultdict(set)
    named = Person.themes.through.objects.filter(person__in=people)
    for person, theme in named.values_list("person_id", "theme_id"):
        found[person].add(theme)
    for known in _known:
        for person, theme in known(people):
            found[person].add(theme)
    return found
