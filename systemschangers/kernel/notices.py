"""The words of notifications: what a person is told of a verb, on their page and by e-mail.

The kernel knows no app, so each app says its words in its `audiences.py`, which is imported when
the site starts (see kernel.apps):

    from systemschangers.kernel.notices import Notice, register

    register(
        Notice(
            "win.celebrated",
            words=lambda event: f"{event.who} celebrated your small win.",
            quote=lambda event: event.thing.excerpt,
            url=lambda event: reverse("wins:win", args=[event.target_id]),
            action="See your win",
        ),
    )

An action then calls `activity.record("win.celebrated", …, notify=[author])`; record refuses to
notify of a verb that nobody has given words.

What `words`, `quote` and `url` may use of the event:

- `event.who`: the actor's name as it is today, or “Someone who has left”; “Somebody” for none.
- `event.thing`: the target itself, already fetched (all targets of a page in one query).
- `event.verb`, `event.at`, `event.target_id`, `event.data`; and `event.told_at`, when it is told: a day
  that was to come may have passed.

They make no queries: of foreign keys of `event.thing` they follow only those its queryset's
`for_notices()` brings along, if it has one: then its things are read anew, in one query for all.

The target's queryset must have `visible_to(person)`: a notification is shown, and mailed, only
while its reader may see the target. What was taken back or deleted goes quietly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.paces import NEWS, WAITS, Kind
from systemschangers.kernel.visibility import visible


def never_over(event: Event) -> bool:
    return False


def unless(*states: str) -> Callable[[Event], bool]:
    """For `over`: it is, unless what it tells of is still in one of `states`."""
    return lambda event: event.thing.state not in states  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Notice:
    """What is said of one verb.

    `words`: one sentence without anybody's story in it, since it is also the subject of an e-mail.
    `quote`: what somebody said, shown below the words on the page, never in an e-mail.
    `url`: a path. `action`: what the e-mail's button says.
    `by_email`: False for what need not reach an inbox; or says of a person whether it goes to theirs.
    `kind`: which of the kinds whose pace a person chooses (kernel.paces).
    `over`: whether it has come to nothing since: decided by somebody else, withdrawn, past. A notice of
    the kind WAITS that is not over waits for its reader, and is shown before what is merely new.
    `by_link`: the path of a signed link that serves instead of `url` in the letter to somebody who has
    never signed in; may be empty (kernel.signed_links)."""

    verb: str
    words: Callable[[Event], str]
    url: Callable[[Event], str]
    quote: Callable[[Event], str] | None = None
    action: str = "See what it is"
    by_email: bool | Callable[[Event, Any], bool] = True
    kind: Kind = NEWS
    over: Callable[[Event], bool] = never_over
    by_link: Callable[[Event, Any, datetime], str] | None = None


@dataclass(frozen=True)
class Told:
    """A notice about one event, put into words for one person."""

    event: Event
    words: str
    quote: str
    url: str
    action: str
    by_email: bool
    kind: Kind
    over: bool
    notification: Notification | None = None

    @property
    def waits(self) -> bool:
        return self.kind == WAITS and not self.over


_notices: dict[str, Notice] = {}


def register(*notices: Notice) -> None:
    """Give verbs their words. Raises ValueError when a verb already has others."""
    for notice in notices:
        if _notices.get(notice.verb, notice) != notice:
            raise ValueError(f"{notice.verb!r} already has its words")
        _notices[notice.verb] = notice


def insist_on_words(verb: str) -> None:
    """Raise LookupError when nobody could be told of `verb`."""
    if verb not in _notices:
        raise LookupError(f"No Notice is registered for {verb!r}: give it words in audiences.py")


def kind_of(verb: str) -> Kind:
    """The kind of a verb; of one that an earlier version had, news."""
    return _notices[verb].kind if verb in _notices else NEWS


def verbs_of(kind: str) -> list[str]:
    """The verbs whose notices are of a kind, given by its key."""
    return sorted(verb for verb, notice in _notices.items() if notice.kind.key == kind)


def waiting_verbs() -> list[str]:
    """The verbs whose notices may wait for their reader."""
    return verbs_of(WAITS.key)


def tell(person: Any, notifications: Iterable[Notification], *, at: datetime) -> list[Told]:
    """The notifications in words for `person`, in their order, without those they may no longer see.

    One query for all their targets. The events come with their actors (`for_list`)."""
    notifications = list(notifications)
    in_words = _in_words(person, [row.event for row in notifications], at)
    return [
        Told(**in_words[notification.event_id], notification=notification)
        for notification in notifications
        if notification.event_id in in_words
    ]


def tell_event(person: Any, event: Event, *, at: datetime) -> Told | None:
    """One event in words for `person`; None when they may not see what it is about."""
    in_words = _in_words(person, [event], at)
    return Told(**in_words[event.pk]) if event.pk in in_words else None


def signed_address(told: Told, person: Any, *, at: datetime) -> str:
    """The path of a link made for this letter, when `person` has never signed in and the notice has
    one for them. It is good once: write the letter it goes into in the same transaction."""
    by_link = _notices[told.event.verb].by_link
    if by_link is None or person.last_login is not None:
        return ""
    return by_link(told.event, person, at)


def _reaches_an_inbox(notice: Notice, event: Event, person: Any) -> bool:
    return notice.by_email(event, person) if callable(notice.by_email) else notice.by_email


def _bring_along(things: dict[tuple[str, str], Any]) -> None:
    kinds: dict[type[Any], list[tuple[str, str]]] = defaultdict(list)
    for key, thing in things.items():
        kinds[type(thing)].append(key)
    for model, keys in kinds.items():
        queryset = model._default_manager.all()
        if hasattr(queryset, "for_notices"):
            found = queryset.for_notices().in_bulk([things[key].pk for key in keys])
            things.update({key: found[things[key].pk] for key in keys if things[key].pk in found})


def _in_words(person: Any, events: list[Event], at: datetime) -> dict[int, dict[str, Any]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.verb in _notices:
            wanted[event.target_type].add(event.target_id)
    things = visible(wanted, person)
    _bring_along(things)
    told = {}
    for event in events:
        thing = things.get((event.target_type, event.target_id))
        if thing is None:
            continue
        event.thing, event.told_at = thing, at
        notice = _notices[event.verb]
        told[event.pk] = {
            "event": event,
            "words": notice.words(event),
            "quote": notice.quote(event) if notice.quote else "",
            "url": notice.url(event),
            "action": notice.action,
            "by_email": _reaches_an_inbox(notice, event, person),
            "kind": notice.kind,
            "over": notice.over(event),
        }
    return told
