"""What recurs: barriers that more than one service meets, and how many; and the themes they are about.

Counted over what the reader may see and nothing else, so that no figure tells of a barrier that is
hidden from them. Of fewer than five people no figure is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from labs.models import Barrier

FEWEST = 5
MOST = 25

# Who meets a barrier: whoever raised it, or one merged into it, and whoever said “same here” to either.
# Nobody knows who raised an anonymous one, so each counts as somebody of their own.
VOICES = """
WITH seen (id) AS (%(seen)s),
voices AS (
    SELECT coalesce(b.duplicate_of_id, b.id) AS barrier,
           coalesce('p' || b.raised_by_id, 'a' || b.id) AS who, b.service_id AS service
    FROM labs_barrier b WHERE b.id IN (SELECT id FROM seen)
    UNION ALL
    SELECT coalesce(b.duplicate_of_id, b.id), 'p' || s.person_id, s.service_id
    FROM labs_samehere s JOIN labs_barrier b ON b.id = s.barrier_id
    WHERE s.removed_at IS NULL AND b.id IN (SELECT id FROM seen)
)
"""
RECURRING = """
SELECT v.barrier, count(DISTINCT v.who), count(DISTINCT v.service),
       count(DISTINCT o.organisation_id)
FROM voices v LEFT JOIN cohorts_service o ON o.id = v.service
WHERE v.barrier IN (SELECT id FROM seen)
GROUP BY v.barrier HAVING count(DISTINCT v.who) > 1
ORDER BY count(DISTINCT v.service) DESC, count(DISTINCT v.who) DESC, v.barrier LIMIT %(most)s
"""
BY_THEME = """
SELECT t.name, t.slug, count(DISTINCT v.who),
       count(DISTINCT b.id) FILTER (WHERE b.kind = 'open'),
       count(DISTINCT b.id) FILTER (WHERE b.kind = 'closed'),
       count(DISTINCT b.id) FILTER (WHERE b.kind = 'fixed'),
       count(DISTINCT v.service)
FROM voices v JOIN labs_barrier b ON b.id = v.barrier AND b.id IN (SELECT id FROM seen)
JOIN cohorts_theme t ON t.id = b.theme_id
GROUP BY t.id ORDER BY count(DISTINCT v.service) DESC, t.name
"""


@dataclass(frozen=True)
class Recurring:
    """A barrier that several meet. Of fewer than five people no figure is given: `told` is False."""

    barrier: Barrier
    people: int
    services: int
    organisations: int

    @property
    def told(self) -> bool:
        return self.people >= FEWEST


@dataclass(frozen=True)
class ByTheme:
    name: str
    url: str
    people: int
    counts: tuple[int, int, int]
    services: int

    @property
    def told(self) -> bool:
        return self.people >= FEWEST


def recurring(person: Any) -> list[Recurring]:
    """Those that most services meet, first: at most 25. Small groups come after all others, by key,
    so that the order of the list tells nothing of them either. Two queries."""
    rows = _counted(RECURRING, person, kinds=("open",))
    barriers = Barrier.objects.visible_to(person).for_list().in_bulk([row[0] for row in rows])
    found = [Recurring(barriers[row[0]], *row[1:]) for row in rows if row[0] in barriers]
    told = [one for one in found if one.told]
    return told + sorted((one for one in found if not one.told), key=lambda one: one.barrier.pk)


def by_theme(person: Any) -> list[ByTheme]:
    """One query."""
    found = [
        ByTheme(
            name,
            f"{reverse('labs:barriers')}?theme={slug}",
            people,
            (is_open, closed, fixed),
            services,
        )
        for name, slug, people, is_open, closed, fixed, services in _counted(BY_THEME, person)
    ]
    told = [one for one in found if one.told]
    return told + sorted((one for one in found if not one.told), key=lambda one: one.name)


def _counted(query: str, person: Any, kinds: tuple[str, ...] = ()) -> list[tuple]:
    seen: QuerySet[Barrier] = Barrier.objects.visible_to(person).exclude(state="set_aside")
    if kinds:
        seen = seen.filter(kind__in=kinds) | seen.filter(state="duplicate")
    sql, parameters = seen.order_by().values("pk").query.sql_with_params()
    whole = VOICES.replace("%(seen)s", sql) + query.replace("%(most)s", str(MOST))
    with connection.cursor() as cursor:
        cursor.execute(whole, parameters)
        return cursor.fetchall()
