"""The reading of the wall: what was asked for, the page of wins that answers it, and ways on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.db.models import Value
from django.http import QueryDict
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from cohorts.models import Place, Theme
from systemschangers.kernel.pagination import page_by_key
from wins import search
from wins.cards import cards, thin, whole
from wins.forms.wall import DEPTHS, PERIODS, WallForm
from wins.models import Win
from wins.models.win_queryset import WinQuerySet

EVERYONE, COHORT, SERVICE, MINE = "everyone", "cohort", "service", "mine"
SCOPES = {
    EVERYONE: "Everyone here",
    COHORT: "My cohort",
    SERVICE: "My service",
    MINE: "Mine",
}
FILTERS = ("theme", "place", "depth", "period", "since", "until")
SIZE = 25
MOST_UNSHARED = 50
PANEL = "wins/wins/_filters.html"
PANEL_KEPT_FOR = 60 * 60


@dataclass
class Wall:
    """All that the page shows."""

    scope: str
    words: str
    form: WallForm
    panel: SafeString
    cards: list[SafeString]
    tabs: list[dict[str, Any]]
    chips: list[dict[str, str]]
    older: str
    newer: str
    mended: dict[str, str] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)
    is_plain: bool = True  # the first page, with nothing narrowed


@dataclass(frozen=True)
class Choices:
    """The themes and places there are: id and words, by what stands in the address."""

    themes: dict[str, tuple[int, str]]
    places: dict[str, tuple[int, str]]

    @classmethod
    def read(cls) -> Choices:
        themes = Theme.objects.order_by().values_list(Value("theme"), "id", "slug", "name")
        places = Place.objects.order_by().values_list(Value("place"), "id", Value(""), "name")
        rows = sorted(themes.union(places, all=True), key=lambda row: row[3].casefold())
        return cls(
            themes={slug: (pk, name) for what, pk, slug, name in rows if what == "theme"},
            places={str(pk): (pk, name) for what, pk, _, name in rows if what == "place"},
        )

    def form(self, asked: QueryDict) -> WallForm:
        return WallForm(
            asked,
            themes=[(slug, name) for slug, (_, name) in self.themes.items()],
            places=[(key, name) for key, (_, name) in self.places.items()],
        )


def read(asked: QueryDict, *, person: Any, scope: str, now: datetime) -> Wall:
    """The wall as `person` may see it. What makes no sense in the address is left out."""
    choices = Choices.read()
    form = choices.form(asked)
    form.is_valid()
    words = search.tidy(asked.get("q", ""))
    query = search.query_for(words) if words else None
    wins = in_scope(Win.objects.visible_to(person).logged(), person, scope)
    wins = narrowed(wins, form, choices, timezone.localdate(now))
    cursor = asked.get("page", "")
    chosen = [name for name in FILTERS if form.cleaned_data.get(name)]
    rows: Any = thin(wins, person)
    if query:
        narrow = scope != EVERYONE or chosen
        rows = search.Found(rows, query, far=None if narrow else whole(wins, person))
    page = page_by_key(rows, cursor, key=("logged_at", "id"), size=SIZE)
    wall = Wall(
        scope=scope,
        words=words,
        form=form,
        panel=_panel(form),
        cards=cards(page.rows, person=person, now=now),
        tabs=_tabs(asked, scope),
        chips=[_chip(name, form, choices, asked) for name in chosen],
        older=_address(asked, page=page.older) if page.older else "",
        newer=_address(asked, page=page.newer) if page.newer else "",
        is_plain=not (words or chosen or cursor or form.errors),
    )
    if (
        words
        and not cursor
        and len(page) < search.LITTLE
        and (better := search.did_you_mean(words))
    ):
        wall.mended = {"words": better, "url": _address(asked, q=better, page="")}
    if not page.rows:
        wall.empty = _empty(
            wall, person, _address(asked, q="", page="", **dict.fromkeys(FILTERS, ""))
        )
    return wall


def unshared(person: Any) -> list[Win]:
    """One's own that nobody else sees: drafts, then what was taken back or set aside, newest first."""
    own = Win.objects.filter(author=person).exclude(state=Win.State.LOGGED)
    newest = own.only("what_happened", "state", "made_at", "touched_at").order_by(
        "-touched_at", "-pk"
    )
    return sorted(newest[:MOST_UNSHARED], key=lambda win: win.state != Win.State.DRAFT)


def in_scope(wins: WinQuerySet, person: Any, scope: str) -> WinQuerySet:
    if scope == MINE:
        return wins.filter(author=person)
    if scope == SERVICE:
        return wins.filter(service__in=person.reach.services)
    if scope == COHORT:
        return wins.filter(cohort__in=person.reach.cohorts)
    return wins


def narrowed(wins: WinQuerySet, form: WallForm, choices: Choices, today: date) -> WinQuerySet:
    """`wins` by what the form holds. Themes and places go by id: PostgreSQL knows how common each is."""
    asked = form.cleaned_data
    if theme := asked.get("theme"):
        wins = wins.filter(themes=choices.themes[theme][0])
    if place := asked.get("place"):
        wins = wins.filter(service__place=choices.places[place][0])
    if depth := asked.get("depth"):
        wins = wins.filter(depth=depth)
    first, last = form.days(today)
    if first:
        wins = wins.filter(logged_at__gte=_midnight(first))
    if last:
        wins = wins.filter(logged_at__lt=_midnight(last + timedelta(days=1)))
    return wins


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _panel(form: WallForm) -> SafeString:
    """The choices, kept as HTML: the same for everybody who chose the same.

    Folded unless something in it has to be mended: what is chosen is told by the chips."""
    options = [(name, getattr(f, "choices", None)) for name, f in form.fields.items()]
    state = repr((options, [form.data.get(name, "") for name in form.fields], form.errors))
    key = f"filters:{hashlib.sha256(state.encode('utf-8', 'replace')).hexdigest()}"
    panel: str | None = caches["cards"].get(key)
    if panel is None:
        panel = get_template(PANEL).render({"form": form, "opened": bool(form.errors)})
        caches["cards"].set(key, panel, PANEL_KEPT_FOR)
    return mark_safe(panel)  # a template's own


def _address(asked: QueryDict, path: str = "", **changes: str) -> str:
    """The address of this reading with some of it changed, and nothing in it that says nothing."""
    names = ("scope", "q", *FILTERS, "page")
    said = {name: asked.get(name, "") for name in names} | changes
    return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"


def _tabs(asked: QueryDict, scope: str) -> list[dict[str, Any]]:
    tabs = []
    for key, label in SCOPES.items():
        path = reverse("wins:mine" if key == MINE else "wins:wall")
        narrow = key if key in (COHORT, SERVICE) else ""
        url = _address(asked, path, scope=narrow, page="")
        tabs.append({"label": label, "url": url, "current": key == scope})
    return tabs


def _chip(name: str, form: WallForm, choices: Choices, asked: QueryDict) -> dict[str, str]:
    value = form.cleaned_data[name]
    label = {
        "theme": lambda: choices.themes[value][1],
        "place": lambda: choices.places[value][1],
        "depth": lambda: dict(DEPTHS)[value],
        "period": lambda: PERIODS[value],
        "since": lambda: f"From {value.day} {value:%b %Y}",
        "until": lambda: f"To {value.day} {value:%b %Y}",
    }[name]()
    return {"label": label, "url": _address(asked, **{name: "", "page": ""})}


def _empty(wall: Wall, person: Any, all_of_them: str) -> dict[str, str]:
    """What to say where there is nothing, and the first step to something."""
    everyone = {"action_url": reverse("wins:wall"), "action_label": "See everyone’s wins"}
    log = {"action_url": reverse("wins:new"), "action_label": "Log a small win"}
    if wall.words and not wall.chips:
        return {
            "title": "No wins with those words",
            "text": "Try fewer words, or other ones. Wins that you may not see are never searched.",
            "action_url": all_of_them,
            "action_label": "Show all wins",
        }
    if not wall.is_plain:
        return {
            "title": "No wins like that",
            "text": "Take off one of your choices to see more.",
            "action_url": all_of_them,
            "action_label": "Take them all off",
        }
    if wall.scope == COHORT and not person.reach.cohorts:
        return {
            "title": "You are not in a cohort yet",
            "text": "When programme staff invite you to one, its wins are here.",
            **everyone,
        }
    if wall.scope == SERVICE and not person.reach.services:
        return {
            "title": "You are not in a service here",
            "text": "Wins of the people you work with would be here. An administrator can add you.",
            **everyone,
        }
    title, text = {
        COHORT: ("Nothing from your cohort yet", "Be the first to tell them about a small win."),
        SERVICE: ("Nothing from your service yet", "Be the first to tell them about a small win."),
        MINE: (
            "You have not logged a win yet",
            "A small win is something that went a little better because of you. "
            "One sentence is enough, and you choose who sees it.",
        ),
        EVERYONE: (
            "No wins here yet",
            "A small win is something that went a little better. One sentence is enough.",
        ),
    }[wall.scope]
    return {"title": title, "text": text, **log}
