"""The list of voices a reader may see: by where they stand, searched, a page at a time; and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.urls import reverse

from labs.models import Response, Voice
from labs.models.voices import ACKNOWLEDGED_IN, ANSWERED_IN
from systemschangers.kernel.pagination import Page, page_by_key

S = Voice.State
TABS = {"waiting": "Waiting", "answered": "Answered", "late": "Late", "mine": "Carried by me"}
CHECK = "check"
FIRST = "waiting"
LONGEST = 200
MOST_IN_A_FILE = 5000


@dataclass
class Listing:
    """All that the page shows."""

    scope: str
    words: str
    page: Page[Voice]
    tabs: list[dict[str, Any]]
    older: str
    newer: str
    export: str
    empty: dict[str, str] = field(default_factory=dict)


def late(today: date) -> Q:
    """No word in seven days, or no answer in twenty-eight. Worked out, never stored."""
    silent = Q(state=S.SENT, sent_on__lt=today - ACKNOWLEDGED_IN)
    return silent | Q(state__in=[S.SENT, S.ACKNOWLEDGED], sent_on__lt=today - ANSWERED_IN)


def read(asked: QueryDict, *, person: Any, today: date) -> Listing:
    """The list as `person` may see it on that day. One query."""
    tabs = dict(TABS) | ({CHECK: "To look over"} if person.reach.is_programme_staff else {})
    scope = asked.get("show", FIRST)
    scope = scope if scope in tabs else FIRST
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    page = page_by_key(
        narrowed(scope, words, person=person, today=today).for_list(),
        asked.get("page", ""),
        key=("told_on", "id"),
    )
    for voice in page:
        voice.late = voice.lateness(today)  # type: ignore[attr-defined]
    said = {"show": scope if scope != FIRST else "", "q": words}
    listing = Listing(
        scope=scope,
        words=words,
        page=page,
        tabs=[
            {
                "label": label,
                "url": _address(said, show=key if key != FIRST else ""),
                "current": key == scope,
            }
            for key, label in tabs.items()
        ],
        older=_address(said, page=page.older) if page.older else "",
        newer=_address(said, page=page.newer) if page.newer else "",
        export=reverse("labs:voices_csv") + _address(said),
    )
    if not page.rows:
        listing.empty = _empty(listing, person)
    return listing


def narrowed(scope: str, words: str, *, person: Any, today: date):
    """The voices of a tab that `person` may read, and that the search words are in."""
    voices = Voice.objects.visible_to(person, today)
    within = {
        "waiting": Q(state__in=[S.SENT, S.ACKNOWLEDGED]),
        "answered": Q(state=S.ANSWERED),
        "late": late(today),
        "mine": Q(carried_by=person),
        CHECK: Q(state=S.CHECKING),
    }
    voices = voices.filter(within[scope])
    if words:
        query = SearchQuery(words, config="english", search_type="websearch")
        voices = voices.filter(search=query)
    return voices


HEADS = ["Told on", "For", "From", "Words", "State", "Late", "Answers", "Changes"]


def file_rows(asked: QueryDict, *, person: Any, today: date) -> Iterable[list[str]]:
    """The same list as rows of a file: what the reader may read at this moment, and no more."""
    scope = asked.get("show", FIRST)
    known = {*TABS, CHECK}
    voices = narrowed(
        scope if scope in known else FIRST,
        " ".join(asked.get("q", "").split())[:LONGEST],
        person=person,
        today=today,
    )
    answers = Prefetch("responses", Response.objects.select_related("by"))
    voices = voices.for_list().prefetch_related(answers, "claims")
    for voice in voices.order_by("-told_on", "-id")[:MOST_IN_A_FILE]:
        yield [
            voice.told_on.isoformat(),
            voice.to_words,
            voice.service.name if voice.service else "",
            voice.words,
            voice.get_state_display(),
            voice.lateness(today),
            " | ".join(
                f"{one.who} {one.get_kind_display()}: {one.words}" for one in voice.responses.all()
            ),
            " | ".join(f"{one.words} ({one.get_state_display()})" for one in voice.claims.all()),
        ]


def soon(today: date) -> date:
    """A consent that runs out by then has to be thought of."""
    return today + timedelta(days=14)


def _address(said: dict[str, str], **changes: str) -> str:
    query = urlencode({name: value for name, value in (said | changes).items() if value})
    return f"?{query}" if query else "?"


def _empty(listing: Listing, person: Any) -> dict[str, str]:
    if listing.words:
        return {
            "title": "No voices like that",
            "text": "Try fewer words. What you may not read is never searched.",
            "action_url": f"?{urlencode({'show': listing.scope})}",
            "action_label": "Show them all",
        }
    title, text = {
        "waiting": (
            "No voice waits for an answer",
            "A voice is what a service user says, in their own words, to a leader or a board. You see "
            "those whose consent names you.",
        ),
        "answered": ("None answered yet", "When a leader answers, the voice stands here."),
        "late": (
            "None is late",
            "A leader says within 7 days that they have read it, and answers within 28.",
        ),
        "mine": (
            "You carry no voice",
            "Somebody you work with may want to tell a leader something. Carry it for them.",
        ),
        CHECK: ("Nothing to look over", "Voices come here before they are sent on."),
    }[listing.scope]
    if person.reach.services:
        carry = {"action_url": reverse("labs:voice_new"), "action_label": "Carry a voice"}
        return {"title": title, "text": text, **carry}
    return {"title": title, "text": text}
