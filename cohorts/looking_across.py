"""What other services won, tried, raised and borrowed lately on one's themes: parts of the page for a
protected look-across slot. Each app has its own part.

An app has a module `looking_across.py` (found by itself) with:

    from cohorts.looking_across import Across, Found, looks_across

    @looks_across(order=10)
    def wins(look: Look) -> Across:
        return Across("won", "What they won", [Found(words=…, url=…, person=…, where=…, at=…), …])

A part shows only what `look.reader` may see, of others than `look.people_left_out`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.module_loading import autodiscover_modules

from cohorts.models import Borrowing, Person, Practice, Service

MOST = 8


@dataclass(frozen=True)
class Look:
    """Who looks, at which themes (none: all), and since when. `people_left_out` is for `__in`."""

    reader: Person
    themes: Collection[int]
    since: datetime
    people_left_out: QuerySet


@dataclass(frozen=True)
class Found:
    """One thing somebody of another service did. `words` are theirs; `said` is ours, before them; of `at`
    the day is shown, if there is one."""

    words: str
    url: str
    person: Person | None
    where: Service | None
    at: date | datetime | None
    said: str = ""


@dataclass(frozen=True)
class Across:
    """`key` names the part on the page; `none` says what is not there."""

    key: str
    title: str
    found: list[Found]
    none: str = "Nothing new this month."


Part = Callable[[Look], Across]
_parts: list[tuple[int, Part]] = []


def looks_across(*, order: int) -> Callable[[Part], Part]:
    """The part with the lowest `order` comes first."""

    def register(part: Part) -> Part:
        _parts.append((order, part))
        return part

    return register


def parts_of(look: Look) -> list[Across]:
    autodiscover_modules("looking_across")
    return [part(look) for _, part in sorted(_parts, key=lambda entry: entry[0])]


@looks_across(order=40)
def practices(look: Look) -> Across:
    """What they borrowed of each other, or wrote down as worth borrowing."""
    own = look.reader.reach.services
    seen = Practice.objects.visible_to(look.reader).published().filter(published_at__gte=look.since)
    written = seen.exclude(service__in=own).exclude(ask__in=look.people_left_out)
    borrowed = (
        Borrowing.objects.visible_to(look.reader)
        .filter(since__gte=look.since, practice__state=Practice.State.PUBLISHED)
        .exclude(state__in=[Borrowing.State.WE_DO, Borrowing.State.DROPPED])
        .exclude(service__in=own)
        .exclude(person__in=look.people_left_out)
    )
    if look.themes:
        written = written.filter(themes__in=look.themes).distinct()
        borrowed = borrowed.filter(practice__themes__in=look.themes).distinct()
    found = [
        Found(
            words=one.title,
            url=one.get_absolute_url(),
            person=one.ask,
            where=one.service,
            at=one.published_at or look.since,
            said="Written down as worth borrowing",
        )
        for one in written.select_related("service__organisation", "ask").order_by("-published_at")[
            :MOST
        ]
    ]
    found += [
        Found(
            words=one.practice.title,
            url=one.practice.get_absolute_url(),
            person=one.person,
            where=one.service,
            at=one.since,
            said="Borrowed",
        )
        for one in borrowed.select_related("practice", "person", "service__organisation").order_by(
            "-since"
        )[:MOST]
    ]
    found.sort(key=lambda one: str(one.at), reverse=True)
    return Across("borrowed", "What they borrowed", found[:MOST])
