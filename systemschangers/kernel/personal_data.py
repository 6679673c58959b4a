"""Taking out everything about me, and leaving: what each app tells of a person and how it forgets one.

An app that keeps anything about people has a module `personal_data.py` (found by itself, as
`admin.py` is) with up to three functions:

    from systemschangers.kernel.personal_data import Enclosed, Farewell, Section, forgets, says, tells

    @tells
    def tell(person) -> Iterable[Section]:
        '''What goes into the download. Rows may be made lazily: they are read once, in order.'''
        yield Section("wins", "Small wins you logged", ({"what happened": w.what_happened} for w in …),
                      enclosed=(Enclosed("photos/win-7.jpg", win.photo.open) for …))

    @says
    def say(person) -> Farewell:
        '''What leaving does, in whole sentences, for the page that asks whether to go on.'''
        return Farewell(goes=["Your 3 private wins."], stays=["Comments in talks, without your name."])

    @forgets
    def forget(person, at) -> None:
        '''Erase the person. Runs inside the leaving action's transaction, the person's row locked,
        apps in the order of INSTALLED_APPS (wins before cohorts before kernel): the person's name and
        e-mail address are still there to search by. Files are deleted with transaction.on_commit.'''

Keys of a row are the words a person reads ("what happened", not what_happened). Values: text, numbers,
booleans, None, dates, times, or lists of these. A row tells what is about, or was written by, the person
themselves; other people's private things are not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from systemschangers.kernel.models import (
    Event,
    Letter,
    Notification,
    NotificationChoice,
    Submission,
    Thread,
)


@dataclass(frozen=True)
class Enclosed:
    """A file that goes into the download. `name` is its path in the archive; `opened` opens it."""

    name: str
    opened: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Section:
    """One part of the download. `key` names it in the JSON, `title` on the page; keys are one word."""

    key: str
    title: str
    rows: Iterable[dict[str, Any]]
    enclosed: Iterable[Enclosed] = ()


@dataclass(frozen=True)
class Farewell:
    """What goes when a person leaves, and what stays without their name. Whole sentences."""

    goes: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


Tell = Callable[[Any], Iterable[Section]]
Say = Callable[[Any], Farewell]
Forget = Callable[[Any, datetime], None]

_tellers: list[Tell] = []
_sayers: list[Say] = []
_forgetters: list[Forget] = []


def tells(function: Tell) -> Tell:
    _tellers.append(function)
    return function


def says(function: Say) -> Say:
    _sayers.append(function)
    return function


def forgets(function: Forget) -> Forget:
    _forgetters.append(function)
    return function


def everything_about(person: Any) -> Iterator[Section]:
    """Every section of every app, from the top floor down."""
    _find()
    for tell in _in_order(_tellers):
        yield from tell(person)


def what_leaving_does(person: Any) -> Farewell:
    _find()
    whole = Farewell()
    for say in _in_order(_sayers):
        part = say(person)
        whole.goes.extend(part.goes)
        whole.stays.extend(part.stays)
    return whole


def forget_everywhere(person: Any, at: datetime) -> None:
    """Have every app forget the person. The caller holds a transaction and the person's row."""
    _find()
    for forget in _in_order(_forgetters):
        forget(person, at)


def _find() -> None:
    autodiscover_modules("personal_data")


def _in_order(functions: list) -> list:
    """Apps in the order of INSTALLED_APPS, whichever module happened to be imported first."""
    from django.apps import apps

    places = {config.name: place for place, config in enumerate(apps.get_app_configs())}
    return sorted(functions, key=lambda f: places.get(f.__module__.rpartition(".")[0], len(places)))


# --- The kernel's own ---------------------------------------------------------------------------


@tells
def tell(person: Any) -> Iterator[Section]:
    yield Section(
        "events",
        "What you did here, and when",
        (
            {"when": event.at, "what": event.verb, "to": event.target_label}
            for event in Event.objects.filter(actor=person).order_by("id").iterator()
        ),
    )
    yield Section(
        "notifications",
        "What you were told of",
        (
            {"when": told.made_at, "what": told.event.verb, "seen": told.seen_at}
            for told in Notification.objects.filter(recipient=person)
            .select_related("event")
            .order_by("id")
            .iterator()
        ),
    )
    yield Section(
        "letters",
        "E-mails sent to you",
        (
            {"when": letter.made_at, "subject": letter.subject, "sent": letter.sent_at}
            for letter in Letter.objects.filter(_letters_of(person)).order_by("id").iterator()
        ),
    )
    yield Section(
        "choices",
        "How often you hear by e-mail",
        (
            {"of": choice.kind, "how often": choice.get_pace_display()}
            for choice in NotificationChoice.objects.filter(person=person).order_by("kind")
        ),
    )


@says
def say(person: Any) -> Farewell:
    return Farewell(
        goes=["Your notifications, and our copies of e-mails to you."],
        stays=["The record of what was done here and when. It holds a number, never a name."],
    )


@forgets
def forget(person: Any, at: datetime) -> None:
    """Letters to them go; in letters to others that are already sent, words that name them go."""
    Notification.objects.filter(recipient=person).delete()
    Letter.objects.filter(_letters_of(person)).delete()
    done = Q(sent_at__isnull=False) | Q(given_up_at__isnull=False)
    names_them = (
        Q(subject__icontains=person.name)
        | Q(text__icontains=person.name)
        | Q(html__icontains=person.name)
        | Q(text__icontains=person.email)
        | Q(html__icontains=person.email)
        | Q(calendar__icontains=person.name)
        | Q(calendar__icontains=person.email)
    )
    Letter.objects.filter(done & names_them).update(subject="", text="", html="", calendar="")
    NotificationChoice.objects.filter(person=person).delete()
    Submission.objects.filter(person=person).delete()
    Thread.objects.filter(made_by=person).update(made_by=None)


def _letters_of(person: Any) -> Q:
    return Q(recipient=person) | Q(to__iexact=person.email)
