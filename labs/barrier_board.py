"""The reading of the board: by kind and theme, searched, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.http import QueryDict
from django.urls import reverse

from cohorts.models import Place, Theme
from labs.models import Barrier
from systemschangers.kernel.pagination import Page, page_by_key

MINE = "mine"
TABS = {**Barrier.KINDS, MINE: "Mine"}
FIRST = "open"
LONGEST = 200


@dataclass
class Board:
    """All that the page shows."""

    scope: str
    words: str
    page: Page[Barrier]
    tabs: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    places: list[dict[str, Any]]
    older: str
    newer: str
    narrowed: bool
    empty: dict[str, str] = field(default_factory=dict)


def read(asked: QueryDict, *, person: Any, today: date) -> Board:
    """The board as `person` may see it. What makes no sense in the address is left out. Three queries."""
    scope = asked.get("kind", FIRST)
    scope = scope if scope in TABS else FIRST
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    themes = list(Theme.objects.order_by("name"))
    places = list(Place.objects.order_by("name"))
    theme = next((one for one in themes if one.slug == asked.get("theme")), None)
    place = next((one for one in places if str(one.pk) == asked.get("place")), None)
    barriers = Barrier.objects.visible_to(person).for_list()
    barriers = (
        barriers.filter(raised_by=person)
        if scope == MINE
        else barriers.filter(kind=scope).standing()
    )
    if theme:
        barriers = barriers.filter(theme=theme)
    if place:
        barriers = barriers.filter(place=place)
    if words:
        query = SearchQuery(words, config="english", search_type="websearch")
        barriers = barriers.filter(search=query)
    page = page_by_key(barriers, asked.get("page", ""), key=("shown_on", "id"))
    for barrier in page:
        barrier.late = barrier.is_late(today)
    said = {
        "kind": scope if scope != FIRST else "",
        "q": words,
        "theme": theme.slug if theme else "",
        "place": str(place.pk) if place else "",
    }
    board = Board(
        scope=scope,
        words=words,
        page=page,
        tabs=[
            {
                "label": label,
                "url": _address(said, kind=key if key != FIRST else ""),
                "current": key == scope,
            }
            for key, label in TABS.items()
        ],
        themes=[{"value": one.slug, "label": one.name, "chosen": one == theme} for one in themes],
        places=[{"value": one.pk, "label": one.name, "chosen": one == place} for one in places],
        older=_address(said, page=page.older) if page.older else "",
        newer=_address(said, page=page.newer) if page.newer else "",
        narrowed=bool(words or theme or place),
    )
    if not page.rows:
        board.empty = _empty(board, _address(said, q="", theme="", place=""))
    return board


def _address(said: dict[str, str], **changes: str) -> str:
    return f"?{urlencode({name: value for name, value in (said | changes).items() if value})}"


def _empty(board: Board, all_of_them: str) -> dict[str, str]:
    """What to say where there is nothing, and the first step to something."""
    new = {"action_url": reverse("labs:barrier_new"), "action_label": "Raise a barrier"}
    if board.narrowed:
        return {
            "title": "No barriers like that",
            "text": "Try fewer words, or another theme. What you may not see is never searched.",
            "action_url": all_of_them,
            "action_label": "Show them all",
        }
    title, text = {
        "open": (
            "Nothing stands in the way, says the board",
            "A barrier is whatever keeps the work from going well: a rule, a habit, a form nobody "
            "reads. Raise one in a minute, with your name or without.",
        ),
        "closed": (
            "Nothing is closed",
            "When somebody with power says that a thing can’t be changed, the reason is here.",
        ),
        "fixed": (
            "Nothing is fixed yet",
            "A barrier is fixed when whoever raised it says so, four weeks after the change.",
        ),
        MINE: (
            "You have not raised a barrier",
            "Those you raise with your name are here. Those you raise anonymously are nobody’s: "
            "come back to them with their receipt.",
        ),
    }[board.scope]
    return {"title": title, "text": text, **new}
