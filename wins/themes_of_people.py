"""The themes of people's wins that everybody here may read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cohorts.themes_of_people import knows
from wins.models import Win


@knows
def themes_of_wins(people: Collection[int]) -> Iterable[tuple[int, int]]:
    open_to_all = Win.objects.logged().filter(
        author__in=people, visibility=Win.Visibility.EVERYONE, themes__isnull=False
    )
    return open_to_all.order_by().values_list("author", "themes").distinct()
