"""Voices: who hears, and in what words. No notice says what a voice tells.

Leaders get letters of their own (actions.voices.letters): the notices for their accounts stay on the
page, so that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse

from cohorts.models import Person
from labs import events
from labs.models import Voice
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register, unless
from systemschangers.kernel.paces import WAITS


def checkers(voice: Voice) -> list[Person]:
    """Programme staff, but for whoever carries it."""
    return list(Person.objects.programme_staff().exclude(pk=voice.carried_by_id))


def carrier(voice: Voice) -> list[Person]:
    person = voice.carried_by
    return [person] if person is not None and person.is_active else []


def answerers(voice: Voice) -> list[Person]:
    """The account of the leader it is for; of a board, of all who sit on it."""
    of_leader = Q(leader=voice.leader_id) if voice.leader_id else Q(pk=None)
    if voice.board_id:
        of_leader = Q(leader__chaired_boards=voice.board_id) | Q(leader__boards=voice.board_id)
    people = Person.objects.here().filter(of_leader, leader__retired_at=None)
    return list(people.exclude(pk=voice.carried_by_id).distinct())


def _page(event: Event) -> str:
    return reverse("labs:voice", args=[event.target_id])


def _who(event: Event) -> str:
    return event.who if event.actor_id else "A leader"


Words = Callable[[Event], str]


def _notice(verb: str, words: Words, action: str, *, by_email: bool = True) -> Notice:
    return Notice(verb, words=words, url=_page, action=action, by_email=by_email)


def _waits(verb: str, words: Words, action: str, *, while_: str) -> Notice:
    over = unless(while_)
    return Notice(verb, words=words, url=_page, action=action, kind=WAITS, over=over)


register(
    _waits(
        events.VOICE_CARRIED,
        lambda event: f"{event.who} carries a voice that waits to be looked over.",
        "Look it over",
        while_="checking",
    ),
    _waits(
        events.VOICE_SENT_AGAIN,
        lambda event: f"{event.who} changed a voice you sent back.",
        "Look it over",
        while_="checking",
    ),
    _waits(
        events.VOICE_SENT_BACK,
        lambda event: f"{event.who} sent back a voice you carry.",
        "Read what to change",
        while_="sent_back",
    ),
    _notice(
        events.VOICE_KEPT_OUT,
        lambda event: f"{event.who} did not send on a voice you carry.",
        "Read why",
    ),
    _notice(
        events.VOICE_SENT,
        lambda event: "A voice has been looked over and sent on.",
        "Read it",
        by_email=False,
    ),
    _notice(
        events.VOICE_ACKNOWLEDGED,
        lambda event: f"{_who(event)} has read a voice you carry, and will answer.",
        "See it",
    ),
    _notice(
        events.VOICE_EXPLAINED,
        lambda event: f"{_who(event)} answered a voice you carry.",
        "Read it, and tell the person",
    ),
    _notice(
        events.VOICE_CANNOT,
        lambda event: f"{_who(event)} answered a voice you carry.",
        "Read it, and tell the person",
    ),
    _notice(
        events.VOICE_CHANGE_PLANNED,
        lambda event: f"{_who(event)} plans a change because of a voice you carry.",
        "Read it, and tell the person",
    ),
    _notice(
        events.VOICE_CHANGE_MADE,
        lambda event: f"{_who(event)} made a change because of a voice you carry.",
        "Ask the person whether it is so",
    ),
    _notice(
        events.VOICE_CHANGE_CONFIRMED,
        lambda event: "Whoever told a voice says that the change is there.",
        "Read it",
    ),
    _notice(
        events.VOICE_CHANGE_DENIED,
        lambda event: "Whoever told a voice says that the change is not there.",
        "Read why",
    ),
    _notice(
        events.VOICE_TOLD_BACK,
        lambda event: "Your answer to a voice was taken back to the person.",
        "See it",
        by_email=False,
    ),
)
