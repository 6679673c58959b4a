"""Wins as cards: each a piece of page kept by the win and its version, so that most are never made twice.

The keys of what a person may see come first, in a query of their own; only what those name is ever
taken from the cache, which therefore need know nothing of who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import OuterRef
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from systemschangers.kernel.templatetags.ui import STRAY, highlight, when
from wins.models import Appreciation, Win
from wins.models.win_queryset import WinQuerySet

TEMPLATE = "wins/wins/_card.html"
KEPT_FOR = 15 * 60  # seconds: the longest a renamed service or theme keeps its old name on a card
# Stand in a kept card where "3 hours ago" goes, and around its words. Nobody can write them: what
# people write is escaped.
TIME, WORDS = mark_safe("<!--when-->"), mark_safe("<!--words-->")
LENGTH = 300
HARD_LENGTH = 140
SEEN_BY = {
    Win.Visibility.ONLY_ME: ("lock", "Only you see this"),
    Win.Visibility.SERVICE: ("people", "Seen by your service"),
    Win.Visibility.COHORT: ("circle", "Seen by your cohort"),
    Win.Visibility.EVERYONE: ("globe", "Seen by everyone here"),
}


def thin(wins: WinQuerySet, person: Any) -> WinQuerySet:
    """Of `wins` (which must be visible to `person`) only what finds and keys their cards."""
    return _with_my_kinds(wins.only("pk", "author", "logged_at", "touched_at"), person)


def whole(wins: WinQuerySet, person: Any) -> WinQuerySet:
    """Like `thin`, with all that a card shows: dearer, and nothing has to be asked after it."""
    return _with_my_kinds(wins.for_card(), person)


def _with_my_kinds(wins: WinQuerySet, person: Any) -> WinQuerySet:
    mine = Appreciation.objects.filter(win=OuterRef("pk"), person=person).order_by("kind")
    return wins.annotate(my_kinds=ArraySubquery(mine.values("kind")))


def cards(rows: Iterable[Any], *, person: Any, now: datetime) -> list[SafeString]:
    """The cards of `rows` (`thin` or `whole`), in their order, as HTML. One query at most.

    Where a row says what a search `found`, its card shows that instead of its first words."""
    rows = list(rows)
    kept = caches["cards"].get_many([_key(row, row, person) for row in rows])
    missing = [row for row in rows if _key(row, row, person) not in kept]
    made = _made(missing, person) if missing else {}
    shown = ((row, made.get(row.pk) or kept.get(_key(row, row, person))) for row in rows)
    return [_finished(html, row, now) for row, html in shown if html]


def _made(missing: list[Any], person: Any) -> dict[int, str]:
    """Cards made anew; asked of `visible_to` once more, since a moment has passed."""
    wins = {row.pk: row for row in missing if hasattr(row, "theme_names")}
    if len(wins) < len(missing):
        wins = Win.objects.visible_to(person).for_card().in_bulk([row.pk for row in missing])
    template = get_template(TEMPLATE)
    made, kept = {}, {}
    for row in missing:
        if win := wins.get(row.pk):
            mine = win.author_id == person.pk
            html = template.render(context(win, row.my_kinds, mine=mine))
            made[row.pk] = kept[_key(win, row, person)] = html
    caches["cards"].set_many(kept, KEPT_FOR)
    return made


def _finished(html: str, row: Any, now: datetime) -> SafeString:
    """What is never kept, put in: how long ago, and what a search found."""
    html = html.replace(TIME, when(row.logged_at, now), 1)
    before, words, after = html.split(WORDS, 2)
    if found := getattr(row, "found", ""):
        words = _part(found, of=words)
    return mark_safe(f"{before}{words}{after}")  # all escaped


def _part(found: str, *, of: str) -> str:
    """What a search found, with … where it is not the beginning of the words or the end of a sentence."""
    found = " ".join(found.split())
    shown, bare = highlight(found), highlight(STRAY.sub("", found))
    begins = of.startswith(bare[:40].rsplit("&", 1)[0])
    return f"{'' if begins else '… '}{shown}{'' if bare.endswith(('.', '?', '!', '”')) else ' …'}"


def _key(version: Win, row: Any, person: Any) -> str:
    mine = "mine" if row.author_id == person.pk else "-".join(row.my_kinds)
    return f"{row.pk}:{version.touched_at.timestamp()}:{mine}"


def context(win: Any, my_kinds: list[str], *, mine: bool) -> dict[str, Any]:
    """What the card's template is given; `win` is from `for_card`."""
    icon, seen_by = SEEN_BY[win.visibility]
    return {
        "win": win,
        "url": win.get_absolute_url(),
        "appreciations_url": reverse("wins:appreciations", args=[win.pk]),
        "time": TIME,
        "mark": WORDS,
        "words": shortened(win.what_happened, LENGTH),
        "hard": shortened(win.made_hard, HARD_LENGTH),
        "depth": depth(win.depth) if win.depth else "",
        "thanks": thanks(win),
        "mine": mine,
        "seen_icon": icon,
        "seen_by": seen_by,
        "buttons": [
            {"kind": kind, "label": label, "pressed": kind in my_kinds}
            for kind, label in Appreciation.Kind.choices
        ],
    }


@cache
def depth(value: str) -> SafeString:
    step, label = Win.Depth.values.index(value) + 1, Win.Depth(value).label
    words = {"step": step, "label": label[:1].upper() + label[1:]}
    return mark_safe(get_template("components/depth.html").render(words))  # a template's own


def shortened(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 2].rsplit(" ", 1)[0] + " …"


def thanks(win: Any) -> list[str]:
    """ "Thanked by Mo and Dee": names, never numbers."""
    return [
        words.format(names_in_words(names))
        for words, names in (
            ("Thanked by {}", win.thank_names),
            ("Celebrated by {}", win.celebrate_names),
            ("{} will try this", win.try_names),
        )
        if names
    ]


def names_in_words(names: list[str], most: int = Appreciation.NAMED) -> str:
    """ "Mo, Dee and Kim", and "others" where there are more."""
    first = [name.split(" ")[0] for name in names[:most]]
    if len(names) > most:
        first.append("others")
    return first[0] if len(first) == 1 else f"{', '.join(first[:-1])} and {first[-1]}"
